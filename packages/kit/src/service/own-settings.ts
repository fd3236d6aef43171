import type { z } from 'zod'

/**
 * Of everything that a process was configured with, what its service has declared for itself: no more comes into the contexts of
 * resolvers, consumers and jobs. Throws where a service declares a setting that is the process's own.
 */
export const ownSettings = (
  own: z.ZodObject | undefined,
  ofProcess: z.ZodObject,
  config: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const names = Object.keys(own?.shape ?? {})
  const taken = names.find((name) => name in ofProcess.shape)
  if (taken) throw new Error(`${taken} is a setting of every service, and no service declares it for itself`)
  return Object.freeze(Object.fromEntries(names.map((name) => [name, config[name]])))
}
