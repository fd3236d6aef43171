import { DateTimeScalar } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType({
  description: 'That a moment of the schedule of an automation came, and what came of it. Kept for 90 days.',
})
export class AutomationMoment {
  @Field(() => DateTimeScalar, { description: 'Which moment of the schedule.' })
  at!: Date
  @Field(() => Int, { description: 'Number of the definition by which it acted.' })
  automationVersion!: number
  @Field(() => DateTimeScalar, { description: 'When it began: later than the moment where nothing ran then.' })
  beganAt!: Date
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it had taken its customers; null while it goes on.',
  })
  endedAt!: Date | null
  @Field(() => Int, { description: 'How many customers it has taken.' })
  customers!: number
  @Field(() => String, {
    nullable: true,
    description:
      'Code of why some customers may be left: `automation.most_customers`, `automation.stopped`, `automation.changed`, `automation.next_moment`, `automation.failed`, `staff.left`, `role`; null where it took all.',
  })
  reason!: string | null
}
