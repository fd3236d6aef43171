import { Field, ID, InterfaceType } from 'type-graphql'

@InterfaceType({
  description: 'What stands in an agenda: a task, a visit or a complaint.',
  resolveType: (item: object) => item.constructor.name,
})
export abstract class AgendaItem {
  @Field(() => ID, { description: 'UUIDv7 of the task, visit or complaint.' })
  id!: string
}
