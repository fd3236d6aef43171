import { DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'

export const RfmRunStatus = { NEVER: 'NEVER', COMPUTING: 'COMPUTING', READY: 'READY' } as const
registerEnumType(RfmRunStatus, {
  name: 'RfmRunStatus',
  description: 'How far the RFM scores have been computed.',
  valuesConfig: {
    NEVER: { description: 'No computation has begun.' },
    COMPUTING: { description: 'The bounds of the quintiles are known; scores are being written.' },
    READY: { description: 'Every customer who purchased has a score.' },
  },
})

const RfmRunSchema = defineEntity({
  name: 'RfmRun',
  properties: {
    ...recordColumns,
    status: p.enum(() => RfmRunStatus),
    computedAt: p.datetime().nullable(),
    customers: p.integer(),
    skipped: p.integer(),
  },
})

@EntityType("The last computation of the tenant's RFM scores.")
export class RfmRun extends RfmRunSchema.class {
  @Field(() => RfmRunStatus, { description: 'How far it is.' })
  declare status: keyof typeof RfmRunStatus
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The moment for which the quintiles were computed; null until they are.',
  })
  declare computedAt: Date | null
  declare customers: number
  declare skipped: number
}
RfmRunSchema.setClass(RfmRun)
