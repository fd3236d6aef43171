import { createHash } from 'node:crypto'
import { Invalid } from '@clientele/kit'
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, print, visit } from 'graphql'
import { inspect, type Limits } from '../limits/limits.js'

/** Trusted documents by the SHA-256 of their text, in lower-case hex digits. */
export type Manifest = Readonly<Record<string, string>>

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Reads a manifest, a JSON object of hash and document, and checks that each hash is that of its document and each document within the
 * limits. Throws `Invalid` `documents.broken` with all faults.
 */
export function readManifest(text: string, limits: Limits): Manifest {
  const entries = entriesOf(text)
  if (!entries) throw broken(['It is not a JSON object of hash and document.'])
  const faults = entries.flatMap(([hash, document]) => {
    if (typeof document !== 'string') return [`${hash}: the document is not a text.`]
    if (sha256(document) !== hash) return [`${hash}: this is not the SHA-256 of its document.`]
    return faultOf(document, limits).map((fault) => `${hash}: ${fault}`)
  })
  if (faults.length > 0) throw broken(faults)
  return Object.fromEntries(entries) as Manifest
}

/**
 * Makes a manifest from GraphQL files: a document for each operation, with the fragments that it needs from any of the files, printed as
 * graphql-js prints. Throws `Invalid` `documents.broken` with all faults.
 */
export function makeManifest(files: readonly { name: string; text: string }[], limits: Limits): Manifest {
  const faults: string[] = []
  const documents = files.flatMap(({ name, text }) => {
    try {
      return [{ name, document: parse(text, { noLocation: true }) }]
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`)
      return []
    }
  })
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations = new Set<string>()
  const texts: string[] = []
  for (const { name, document } of documents) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
      if (fragments.has(definition.name.value)) faults.push(`${name}: a second fragment ${definition.name.value}.`)
      fragments.set(definition.name.value, definition)
    }
  }
  for (const { name, document } of documents) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      const operation = definition.name?.value
      if (!operation) faults.push(`${name}: an operation without a name.`)
      else if (operations.has(operation)) faults.push(`${name}: a second operation ${operation}.`)
      operations.add(operation ?? '')
      const whole = withFragments({ kind: Kind.DOCUMENT, definitions: [definition] }, fragments)
      const text = print(whole.document)
      faults.push(...whole.missing.map((missing) => `${name}: ${operation} needs the fragment ${missing}.`))
      faults.push(...faultOf(text, limits).map((fault) => `${name}: ${operation}: ${fault}`))
      texts.push(text)
    }
  }
  if (faults.length === 0 && texts.length === 0) faults.push('There is no operation in these files.')
  if (faults.length > 0) throw broken(faults)
  return Object.fromEntries(texts.map((text) => [sha256(text), text] as const).sort())
}

/** A document and all fragments that it spreads, directly or through others, in the order of their names. */
function withFragments(document: DocumentNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const found = new Map<string, FragmentDefinitionNode>()
  const missing = new Set<string>()
  const look = (node: DocumentNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value)
        if (!fragment) missing.add(value)
        else if (!found.has(value)) look(found.set(value, fragment).get(value)!)
      },
    })
  }
  look(document)
  const needed = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fragment]) => fragment)
  return {
    document: { ...document, definitions: [...document.definitions, ...needed] },
    missing: [...missing],
  }
}

function faultOf(document: string, limits: Limits): string[] {
  try {
    return inspect(document, limits) ? [] : ['it cannot be parsed.']
  } catch (error) {
    return [(error as Error).message]
  }
}

function entriesOf(text: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value === null || typeof value !== 'object' || Array.isArray(value) ? undefined : Object.entries(value)
  } catch {
    return undefined
  }
}

const broken = (faults: readonly string[]) =>
  new Invalid(`The trusted documents cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`, {
    reason: 'documents.broken',
  })
