import type { GraphQLFormattedError } from 'graphql'
import type { SubgraphResponse } from '../http/transport.js'
import type { ResponsePath } from './audit-trail.js'

/** In the stead of what may not be answered because the audit log could not be told of it. */
export const withheld = (path?: ResponsePath): GraphQLFormattedError => ({
  message: 'The audit log cannot be written now, and nothing that it must know of is answered without it.',
  ...(path && { path }),
  extensions: { code: 'UNAVAILABLE', reason: 'audit' },
})

/** The answer to a mutation that is done, without the SENSITIVE values at these places and without saying what was refused. */
export const withoutShown = (
  { data, errors = [] }: SubgraphResponse,
  at: readonly ResponsePath[],
): SubgraphResponse => {
  for (const path of at) clear(data, path)
  const others = errors.map((error) => (error.extensions?.code === 'FORBIDDEN' ? withheld(error.path) : error))
  return { data: data ?? null, errors: [...others, ...at.map((path) => withheld(path))] }
}

const clear = (data: unknown, path: ResponsePath) => {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data)
  const key = path.at(-1)
  if (parent && key !== undefined) (parent as Record<string, unknown>)[key] = null
}
