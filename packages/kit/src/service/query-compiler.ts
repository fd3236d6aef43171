import type { MikroORM } from '@mikro-orm/postgresql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Actor } from '../auth/verify-token.js'
import type { TenantSessions } from '../postgres/sessions/tenant-sessions.js'
import type { Service } from './service.js'

/** A validated operation and what it was asked with. */
export interface ReadRequest {
  document: DocumentNode
  operationName?: string
  variables?: Record<string, unknown>
}

/** The data of a response as JSON texts by response key, to be put together or handed on as they are. */
export interface DataText {
  /** The root field that the rows are the answer to; `''` where the keys are root fields themselves. */
  root: string
  isList: boolean
  keys: readonly string[]
  /** One for each entry of a list, in their order; otherwise one. */
  rows: readonly (readonly string[])[]
}

/** Answers queries of one service without its resolvers. */
export interface QueryCompiler {
  /** The data that the resolvers would give; undefined where they have to give it. */
  read(request: ReadRequest, actor: Actor, now: Date): Promise<DataText | undefined>
}

/** What a query compiler knows of the service that it answers for. */
export interface QueryCompilerOptions {
  service: Service
  /** The service's executable schema, under its policies. */
  schema: GraphQLSchema
  orm: MikroORM
  sessions: TenantSessions
  /** Told why the resolvers have to answer. */
  unmapped?: (reason: string) => void
}

/** The text of a response's `data`. */
export const dataText = ({ root, isList, keys, rows }: DataText): string => {
  const names = keys.map((key) => JSON.stringify(key))
  const objects = rows.map((texts) => `{${texts.map((text, at) => `${names[at]}:${text}`).join(',')}}`)
  if (!root) return objects[0]!
  return `{${JSON.stringify(root)}:${isList ? `[${objects.join(',')}]` : objects[0]}}`
}
