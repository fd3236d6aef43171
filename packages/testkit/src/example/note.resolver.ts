import {
  type Context,
  enumFilter,
  type Page,
  PageArgs,
  pageByKey,
  paginate,
  StringFilter,
  toWhere,
} from '@clientele/kit'
import {
  Arg,
  Args,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { fault } from './fault.js'
import { changeNote, createNote } from './note.actions.js'
import { Note, NoteConnection, NoteKind } from './note.entity.js'

@InputType()
export class CreateNoteInput {
  @Field(() => ID)
  subjectId!: string
  @Field(() => Int, { nullable: true })
  rank?: number | null
  @Field(() => NoteKind)
  kind!: NoteKind
  @Field(() => String)
  title!: string
  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null
}

@InputType()
export class ChangeNoteInput {
  @Field(() => ID)
  id!: string
  @Field(() => String)
  title!: string
  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null
}

const NoteKindFilter = enumFilter(NoteKind, 'NoteKindFilter')

@InputType()
export class NoteFilter {
  @Field(() => [NoteFilter], { nullable: true })
  and?: NoteFilter[] | null
  @Field(() => [NoteFilter], { nullable: true })
  or?: NoteFilter[] | null
  @Field(() => NoteFilter, { nullable: true })
  not?: NoteFilter | null
  @Field(() => NoteKindFilter, { nullable: true })
  kind?: object | null
  @Field(() => StringFilter, { nullable: true })
  title?: StringFilter | null
}

@Resolver(() => Note)
export class NoteResolver {
  @Query(() => Note, { nullable: true })
  async note(@Arg('id', () => ID) id: string, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Note, id)
  }

  @Query(() => NoteConnection, { nullable: true })
  notes(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NoteFilter, { nullable: true }) filter: NoteFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Note>> {
    return paginate(ctx.em, Note, { ...page, where: toWhere<Note>(filter), orderBy: [['rank', 'asc']] })
  }

  @Query(() => String)
  async explode(@Ctx() ctx: Context) {
    await fault.cause(ctx.em)
    return 'exploded'
  }

  @Query(() => String, { nullable: true })
  async slow(@Ctx() ctx: Context) {
    await ctx.em.execute('select pg_sleep(10)')
    return 'slow'
  }

  @Query(() => String)
  hello() {
    return 'hello'
  }

  @Mutation(() => Note)
  createNote(@Arg('input', () => CreateNoteInput) input: CreateNoteInput, @Ctx() ctx: Context) {
    return createNote(ctx, input)
  }

  @Mutation(() => Note)
  changeNote(@Arg('input', () => ChangeNoteInput) input: ChangeNoteInput, @Ctx() ctx: Context) {
    return changeNote(ctx, input)
  }
}

@ObjectType({ description: 'What notes are about; another service owns it.' })
@Directive('@key(fields: "id")')
export class Subject {
  @Field(() => ID)
  id!: string
}

@Resolver(() => Subject)
export class SubjectResolver {
  @FieldResolver(() => String, { nullable: true })
  async explode(@Ctx() ctx: Context) {
    await fault.cause(ctx.em)
    return 'exploded'
  }

  @FieldResolver(() => NoteConnection)
  notes(@Root() subject: Subject, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context): Promise<Page<Note>> {
    return pageByKey(ctx, Note, { ...page, by: 'subjectId', key: subject.id, orderBy: [['rank', 'desc']] })
  }
}
