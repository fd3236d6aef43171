import { limits, type WorkKind, workKind } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'

@InputType({ description: 'The work of a member of staff, to be given to somebody else or to a team: one of both.' })
export class ReassignWorkInput {
  @Limited(limits.subject)
  @Field(() => String, {
    description:
      "Whose work it is: the identity provider's subject, or the id, of a member of staff who has left, is away or has too much to do; also a subject that is nobody's any more.",
  })
  fromId!: string
  @Limited(limits.workKinds)
  @Field(() => [workKind.enum], {
    defaultValue: workKind.options,
    description: 'What of it. A team is given no visits: INVALID `work_reassignment.visits_to_team`.',
  })
  kinds!: WorkKind[]
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who gets it: the identity provider's subject of a member of staff who works here; INVALID `staff.unknown` or `staff.left` otherwise.",
  })
  assigneeId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Key of the team that gets it; INVALID `team.unknown` or `team.archived` where it is not in use.',
  })
  teamKey?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours hands nothing over a second time.')
  idempotencyKey?: string | null
}
