import type { Service } from '@clientele/kit'

/** How many queries each service's query compiler answered, how many it left to the resolvers, and why. */
export type ReadCounts = Map<string, { compiled: number; resolvers: number; reasons: Map<string, number> }>

/** The service as it is, with its query compiler's answers counted. */
export const countedReads = (service: Service, counts: ReadCounts): Service => {
  const { queryCompiler } = service
  if (!queryCompiler) return service
  const reasons = new Map<string, number>()
  const count = { compiled: 0, resolvers: 0, reasons }
  counts.set(service.name, count)
  return {
    ...service,
    queryCompiler: (options) => {
      const unmapped = (reason: string) => {
        reasons.set(reason, 1 + (reasons.get(reason) ?? 0))
        options.unmapped?.(reason)
      }
      const inner = queryCompiler({ ...options, unmapped })
      return {
        read: async (...request) => {
          const text = await inner.read(...request)
          count[text ? 'compiled' : 'resolvers']++
          return text
        },
      }
    },
  }
}
