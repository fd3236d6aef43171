import type { Service } from '@clientele/kit'

/** The prefixes of the paths that services serve in public, by service: what ingress leads to them. */
export const publicPrefixes = (services: readonly Pick<Service, 'name' | 'routes'>[]): Record<string, string[]> =>
  Object.fromEntries(
    services.flatMap(({ name, routes = [] }) => {
      const prefixes = new Set(routes.map(({ path }) => path.slice(0, path.indexOf('/:token'))))
      return prefixes.size ? [[name, [...prefixes].toSorted()]] : []
    }),
  )
