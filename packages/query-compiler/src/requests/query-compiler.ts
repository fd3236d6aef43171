import type { QueryCompiler, QueryCompilerOptions } from '@clientele/kit'
import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { NotMappable } from '../compile/not-mappable.js'
import { readOperation, shapeKey } from '../compile/operation.js'
import { compile, type Statement } from '../compile/statement.js'
import { createModel } from '../reads/model.js'
import type { Reads } from '../reads/read.js'
import { answerOf } from './answer.js'
import { profileOf } from './authorization-profile.js'

/** Compiles reads to SQL. */
export interface CompiledReads extends QueryCompiler {
  /** How many statements it keeps. */
  readonly statements: number
}

interface Options extends QueryCompilerOptions {
  reads: readonly Reads[]
  /** How many statements are kept, the last used ones; 1 000 unless given. */
  most?: number
}

/** The query compiler of a service whose concepts declare these reads: `defineService({ …, queryCompiler: compiledReads(visitReads, contactReads) })`. */
export const compiledReads =
  (...reads: readonly (readonly Reads[])[]) =>
  (options: QueryCompilerOptions): CompiledReads =>
    createQueryCompiler({ ...options, reads: reads.flat() })

export const createQueryCompiler = ({
  sessions,
  most = 1_000,
  unmapped = () => {},
  ...options
}: Options): CompiledReads => {
  const model = createModel(options)
  const numberOf = numbered()
  const statements = new LRUCache<string, Statement | 'none'>({ max: most })

  const mappable = <T>(attempt: () => T): T | undefined => {
    try {
      return attempt()
    } catch (error) {
      if (!(error instanceof NotMappable)) throw error
      unmapped(error.message)
    }
  }

  /** Class 22: the database cannot take a value, or cannot read one that is stored. The ordinary resolvers say what is wrong with it. */
  const unreadable = (error: { code?: string }): undefined => {
    if (!error.code?.startsWith('22')) throw error
    unmapped('a value that the database cannot read')
  }

  /** Known statements by what their text depends on; that there is none is remembered as well. */
  const statementFor = (key: string, make: () => Statement): Statement | undefined => {
    let statement = statements.get(key)
    if (!statement) {
      statement = mappable(make) ?? 'none'
      statements.set(key, statement)
    }
    return statement === 'none' ? undefined : statement
  }

  return {
    get statements() {
      return statements.size
    },
    read: async (request, actor, now) => {
      // Who has no tenant has nothing to read, but perhaps an error to be told.
      if (!actor.tenant) return undefined
      const operation = mappable(() => readOperation(model.schema, request))
      if (!operation) return undefined
      const { shape, values: variables, wanted } = operation
      const profile = profileOf(actor)
      const key = `${numberOf(request.document)} ${request.operationName} ${shapeKey(shape)} ${profile.key}`
      const statement = statementFor(key, () => compile(model, profile.actor, shape))
      const facts = statement && mappable(() => ({ keys: statement.keysIn(operation) ?? [], variables, actor, now }))
      const values = facts && mappable(() => statement.values(facts))
      if (!values) return undefined
      const found = await sessions.read(actor.tenant, statement.name, statement.text, values).catch(unreadable)
      return found && mappable(() => answerOf(statement, found, wanted?.length ?? 1))
    },
  }
}

/** Numbers for documents: a parsed document is kept for as long as its text is known. */
const numbered = () => {
  const numbers = new WeakMap<DocumentNode, number>()
  let last = 0
  return (document: DocumentNode) => {
    const known = numbers.get(document)
    if (known) return known
    numbers.set(document, ++last)
    return last
  }
}
