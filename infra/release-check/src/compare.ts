import { Supergraph } from '@apollo/federation-internals'
import {
  buildASTSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  printSchema,
  validate,
} from 'graphql'
import { type DataSchema, eventChanges } from './event-changes.js'
import { planningChanges } from './planning-changes.js'
import type { Revision } from './revision.js'
import { type SchemaChanges, schemaChanges } from './schema-changes.js'

const supergraph = 'gateway/supergraph.graphql'
const events = 'packages/contracts/generated/schemas'
/** Operations of clients that are kept in the repository: those of the playground, and a day's of each role. */
const operations = ['gateway/samples', 'e2e/days']

/** Holds a version against an older one: the API of clients, each subgraph's schema that the gateways of both versions use, and the events. */
export const compare = async (before: Revision, after: Revision): Promise<SchemaChanges> => {
  const findings: SchemaChanges = { breaking: [], noticeable: [] }
  const add = (where: string, changes: Partial<SchemaChanges>) => {
    for (const kind of ['breaking', 'noticeable'] as const) {
      findings[kind].push(...(changes[kind] ?? []).map((change) => `${where}: ${change}`))
    }
  }
  add('API', schemaChanges(apiOf(await required(before, supergraph)), apiOf(await required(after, supergraph))))
  for (const path of (await before.list('services')).filter((path) =>
    /^services\/[^/]+\/schema\.graphql$/.test(path),
  )) {
    const [old, next] = [await required(before, path), await after.read(path)]
    if (next === undefined) add(path, { breaking: ['The subgraph is gone.'] })
    else add(path, { breaking: [...schemaChanges(old, next).breaking, ...planningChanges(old, next)] })
  }
  for (const path of (await before.list(events)).filter((path) => path.endsWith('.json'))) {
    const [old, next] = [await required(before, path), await after.read(path)]
    const type = path.slice(events.length + 1, -'.json'.length)
    if (next === undefined) add(type, { breaking: ['The event is gone.'] })
    else add(type, { breaking: eventChanges(JSON.parse(old) as DataSchema, JSON.parse(next) as DataSchema) })
  }
  for (const folder of operations) add(folder, { breaking: await operationFaults(before, folder, after) })
  return findings
}

/** What the API of a version has against the operations that lie under a folder of the same or another version. */
export const operationFaults = async (from: Revision, folder: string, api: Revision): Promise<string[]> => {
  const schema = buildASTSchema(parse(apiOf(await required(api, supergraph))))
  const paths = (await from.list(folder)).filter((path) => path.endsWith('.graphql')).sort()
  const documents = await Promise.all(
    paths.map(async (path) => ({ path, document: parse(await required(from, path), { noLocation: false }) })),
  )
  const fragments = documents.flatMap(({ document }) => fragmentsOf(document))
  return documents.flatMap(({ path, document }) =>
    validate(schema, withFragments(document, fragments))
      .filter(({ message }) => !/^Fragment ".*" is never used\.$/.test(message))
      .map(({ message }) => `${path}: ${message}`),
  )
}

const fragmentsOf = (document: DocumentNode): FragmentDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)

/** A document with the fragments of its folder that it does not bring itself. */
const withFragments = (document: DocumentNode, fragments: FragmentDefinitionNode[]): DocumentNode => {
  const own = new Set(fragmentsOf(document).map(({ name }) => name.value))
  return {
    ...document,
    definitions: [...document.definitions, ...fragments.filter(({ name }) => !own.has(name.value))],
  }
}

/** The schema that clients see of a supergraph. */
const apiOf = (sdl: string): string => printSchema(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema())

const required = async (revision: Revision, path: string): Promise<string> => {
  const text = await revision.read(path)
  if (text === undefined) throw new Error(`${revision.name} has no ${path}.`)
  return text
}
