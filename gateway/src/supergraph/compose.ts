import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'

export interface Composition {
  /** The supergraph, if the schemas fit together. */
  sdl: string | undefined
  services: readonly string[]
  errors: readonly string[]
  hints: readonly string[]
}

/** Composes the `schema.graphql` of every service in a folder, in order of their names, so that equal schemas give equal text. */
export async function composeFolder(dir: string): Promise<Composition> {
  const found: { name: string; sdl: string }[] = []
  for (const name of (await readdir(dir)).sort()) {
    const sdl = await readFile(join(dir, name, 'schema.graphql'), 'utf8').catch(() => undefined)
    if (sdl !== undefined) found.push({ name, sdl })
  }
  return compose(found)
}

/** Composes subgraph schemas. The addresses in the supergraph are names only: where a subgraph is, the gateway's configuration says. */
export function compose(subgraphs: readonly { name: string; sdl: string }[]): Composition {
  const services = subgraphs.map(({ name }) => name)
  if (subgraphs.length === 0) return { sdl: undefined, services, errors: ['No schema.graphql was found.'], hints: [] }
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) })),
  )
  return {
    sdl: result.supergraphSdl && `${result.supergraphSdl.trim()}\n`,
    services,
    errors: (result.errors ?? []).map(
      ({ message, extensions }) => `${extensions.code ? `${extensions.code}: ` : ''}${message}`,
    ),
    hints: (result.hints ?? []).map(
      ({ definition, message }) => `${definition.level.name} ${definition.code}: ${message}`,
    ),
  }
}
