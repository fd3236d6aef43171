import { type Context, defineService, JsonScalar, policy } from '@clientele/kit'
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'

@ObjectType('RequestedAutomationAction')
class RequestedAction {
  @Field(() => JsonScalar)
  action!: object
  @Field(() => String)
  status!: string
  @Field(() => String)
  authorId!: string
  @Field(() => [String])
  authorRoles!: string[]
  @Field(() => [String])
  authorTerritories!: string[]
}

const requested = new Map<string, RequestedAction>()

/** Has segmentation tell what an action is to do; on behalf of a manager of the whole tree unless given. */
export const addRequested = (tenant: string, id: string, action: object, fields: Partial<RequestedAction> = {}) =>
  requested.set(`${tenant}/${id}`, {
    ...{ action, status: 'ACTIVE', authorId: 'mia', authorRoles: ['manager'], authorTerritories: [''] },
    ...fields,
  })

@Resolver()
class SegmentationResolver {
  @Query(() => [RequestedAction], { nullable: 'items' })
  requestedAutomationActions(@Arg('ids', () => [ID]) ids: string[], @Ctx() { actor }: Context) {
    return ids.map((id) => requested.get(`${actor.tenant}/${id}`) ?? null)
  }
}

/** The query of segmentation that those ask who do actions of automations, over the real transport with real tokens. A fixture, not segmentation. */
export const segmentationFixture = defineService({
  name: 'segmentation',
  migrations: new URL('../segmentation/migrations/', import.meta.url),
  entities: [],
  resolvers: [SegmentationResolver],
  policies: [
    policy('Automation', {
      roles: {
        profiles_account: { clearance: 'PLAIN', perform: 'TENANT' },
        interactions_account: { clearance: 'PLAIN', perform: 'TENANT' },
      },
      opens: { perform: ['requestedAutomationActions'] },
      fields: {
        RequestedAutomationAction: { PLAIN: ['action', 'status', 'authorId', 'authorRoles', 'authorTerritories'] },
      },
    }),
  ],
})
