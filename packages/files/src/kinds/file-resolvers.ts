import { type Context, ListSize } from '@clientele/kit'
import type { EntityClass } from '@mikro-orm/core'
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { type AttachedFile, ownerKeyOf } from './file-entity.js'
import type { StageFile, WhichFile } from './file-inputs.js'

interface Options {
  Owner: EntityClass<{ id: string }>
  File: EntityClass<AttachedFile>
  inputs: { Stage: new () => StageFile; Which: new () => WhichFile }
  word: string
  most: { most: number }
  /** The roles that write, as descriptions name them: `admin, manager and sales`. */
  writers: string
  files: {
    stage(ctx: Context, input: StageFile): Promise<AttachedFile>
    attach(ctx: Context, id: string): Promise<AttachedFile>
    remove(ctx: Context, id: string): Promise<AttachedFile>
    urlOf(ctx: Context, file: AttachedFile): Promise<string | null>
    thumbnailUrlOf(ctx: Context, file: AttachedFile): Promise<string | null>
    uploadUrlOf(ctx: Context, file: AttachedFile): Promise<string | null>
  }
}

/** The GraphQL of a kind of files: `stageVisitFile`, `attachVisitFile`, `removeVisitFile`, `Visit.files`, and what a file says beside its row. */
export const fileResolvers = (o: Options): readonly [Function, Function] => {
  const { Owner, File, inputs, word, files } = o
  const owner = Owner.name
  const key = ownerKeyOf(owner) as keyof AttachedFile

  @Resolver(() => File)
  class FileResolver {
    @FieldResolver(() => Owner, {
      name: key.replace(/Id$/, ''),
      nullable: true,
      description: `The ${word} that it hangs on.`,
    })
    owner(@Root() file: AttachedFile, @Ctx() ctx: Context): Promise<unknown> {
      return ctx.loaders.byId(Owner, file[key] as string)
    }

    @FieldResolver(() => String, {
      nullable: true,
      description:
        'Link by which the file can be had for five minutes, by whoever has the link; ask again for another. Null unless it is READY.',
    })
    url(@Root() file: AttachedFile, @Ctx() ctx: Context): Promise<string | null> {
      return files.urlOf(ctx, file)
    }

    @FieldResolver(() => String, {
      nullable: true,
      description:
        'Link by which a small picture of it can be had for five minutes: WebP, 256 pixels along the longer edge, upright, without place and time of the original. Null for what is no image, and for the moment until it is made.',
    })
    thumbnailUrl(@Root() file: AttachedFile, @Ctx() ctx: Context): Promise<string | null> {
      return files.thumbnailUrlOf(ctx, file)
    }

    @FieldResolver(() => String, {
      nullable: true,
      description:
        'Link to which the bytes of the file are sent with PUT, until an hour after it was announced. Null for others than who announced it, and unless it is STAGED.',
    })
    uploadUrl(@Root() file: AttachedFile, @Ctx() ctx: Context): Promise<string | null> {
      return files.uploadUrlOf(ctx, file)
    }

    @Mutation(() => File, {
      name: `stage${owner}File`,
      description: `Announces a file of a ${word}: PUT its bytes to \`uploadUrl\`, then attach it. One that does not arrive is forgotten. For ${o.writers}.`,
    })
    stage(@Arg('input', () => inputs.Stage) input: StageFile, @Ctx() ctx: Context) {
      return files.stage(ctx, input)
    }

    @Mutation(() => File, {
      name: `attach${owner}File`,
      description: `Takes what was uploaded for a file: it is READY, SCANNING where files are scanned, or for its content REFUSED. CONFLICT \`file.not_uploaded\` where nothing has arrived. For ${o.writers}.`,
    })
    attach(@Arg('input', () => inputs.Which) { id }: WhichFile, @Ctx() ctx: Context) {
      return files.attach(ctx, id)
    }

    @Mutation(() => File, {
      name: `remove${owner}File`,
      description: `Removes a file for good, its bytes included. For ${o.writers}.`,
    })
    remove(@Arg('input', () => inputs.Which) { id }: WhichFile, @Ctx() ctx: Context) {
      return files.remove(ctx, id)
    }
  }

  @Resolver(() => Owner)
  class OwnerFilesResolver {
    @ListSize(o.most)
    @FieldResolver(() => [File], { nullable: true, description: `Files of the ${word}, the newest first.` })
    files(@Root() { id }: { id: string }, @Ctx() ctx: Context): Promise<AttachedFile[]> {
      return ctx.loaders.batch(`${owner}.files`, id, async (em, ids) => {
        const found = await em.find(File, { [key]: { $in: [...ids] } } as never, { orderBy: { id: 'desc' } as never })
        const byOwner = Map.groupBy(found as AttachedFile[], (file) => file[key] as string)
        return ids.map((one) => byOwner.get(one) ?? [])
      })
    }
  }
  return [FileResolver, OwnerFilesResolver]
}
