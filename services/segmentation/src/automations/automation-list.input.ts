import { combining, enumFilter, OrderDirection, StringFilter } from '@clientele/kit'
import { Field, InputType, registerEnumType } from 'type-graphql'
import { AutomationStatus } from './automation.entity.js'

const AutomationStatusFilter = enumFilter(AutomationStatus, 'AutomationStatusFilter')

@InputType({ description: 'Conditions on automations; all that are given must hold.' })
export class AutomationFilter {
  @Field(() => [AutomationFilter], combining.and)
  and?: AutomationFilter[] | null
  @Field(() => [AutomationFilter], combining.or)
  or?: AutomationFilter[] | null
  @Field(() => AutomationFilter, combining.not)
  not?: AutomationFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Name.' })
  name?: StringFilter | null
  @Field(() => AutomationStatusFilter, { nullable: true, description: 'Whether it runs.' })
  status?: object | null
}

export const AutomationOrderField = { NAME: 'name', CREATED_AT: 'createdAt' } as const
registerEnumType(AutomationOrderField, {
  name: 'AutomationOrderField',
  description: 'What a list of automations is ordered by.',
  valuesConfig: { NAME: { description: 'Name.' }, CREATED_AT: { description: 'When it was written.' } },
})

@InputType({ description: 'The order of a list of automations.' })
export class AutomationOrder {
  @Field(() => AutomationOrderField, { description: 'What the list is ordered by.' })
  field!: (typeof AutomationOrderField)[keyof typeof AutomationOrderField]
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
