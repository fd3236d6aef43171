import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Tag } from './tag.entity.js'
import { restoreTag, retireTag, updateTag } from './tag-care.actions.js'
import { MergeTagsInput, RestoreTagInput, RetireTagInput, UpdateTagInput } from './tag-care.input.js'
import { mergeTags } from './tag-merge.actions.js'

@Resolver()
export class TagCareResolver {
  @Mutation(() => Tag, {
    description: 'Renames, colours or describes a tag; customers who have it keep it. For admin and manager.',
  })
  updateTag(@Arg('input', () => UpdateTagInput) input: UpdateTagInput, @Ctx() ctx: Context) {
    return updateTag(ctx, input)
  }

  @Mutation(() => Tag, {
    description:
      'Has a tag given no longer: customers who have it keep it, and nobody gets it anew. For admin and manager.',
  })
  retireTag(@Arg('input', () => RetireTagInput) input: RetireTagInput, @Ctx() ctx: Context) {
    return retireTag(ctx, input)
  }

  @Mutation(() => Tag, { description: 'Has a retired tag given again. For admin and manager.' })
  restoreTag(@Arg('input', () => RestoreTagInput) input: RestoreTagInput, @Ctx() ctx: Context) {
    return restoreTag(ctx, input)
  }

  @Mutation(() => Tag, {
    description:
      'Lets one tag go on as another, which is answered: its names lead to that, and all customers who have it get that in its place, the first at once and the others soon, each with an event. Filters and rules that name its key mean the tag that goes on. For admin.',
  })
  mergeTags(@Arg('input', () => MergeTagsInput) input: MergeTagsInput, @Ctx() ctx: Context) {
    return mergeTags(ctx, input)
  }
}
