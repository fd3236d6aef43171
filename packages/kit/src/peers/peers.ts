import { z } from 'zod'
import { type Environment, url } from '../config/config.js'

const named = /^SUBGRAPH_([A-Z][A-Z0-9_]*)_URL$/

/**
 * A setting for each peer that the environment names, and for those that must be there: `SUBGRAPH_<NAME>_URL`, where the service `<name>`
 * answers. Services and the gateway are told alike.
 */
export const peerSettings = (env: Environment, needed: readonly string[] = []): z.ZodObject<Record<never, never>> =>
  z.object({
    ...Object.fromEntries(namesIn(env).map(([variable]) => [variable, url().optional()])),
    ...Object.fromEntries(needed.map((name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, url()])),
  })

/** Where each peer answers, by its name in lower case. */
export const peerUrls = (config: Readonly<Record<string, unknown>>): [name: string, url: string][] =>
  namesIn(config).flatMap(([variable, name]) => {
    const at = config[variable]
    return typeof at === 'string' ? [[name, at] as [string, string]] : []
  })

const namesIn = (settings: object) =>
  Object.keys(settings).flatMap((variable) => {
    const name = named.exec(variable)?.[1]
    return name ? [[variable, name.toLowerCase()] as const] : []
  })
