import type { Service } from '@clientele/kit'
import { suggestion } from '@clientele/kit/client'
import { UsageError } from './command.js'

/** Loaded by name, so that a process with one service holds no more than that. */
const loaders: Record<string, () => Promise<Service>> = {
  profiles: async () => (await import('@clientele/profiles')).profiles,
  interactions: async () => (await import('@clientele/interactions')).interactions,
  surveys: async () => (await import('@clientele/surveys')).surveys,
  segmentation: async () => (await import('@clientele/segmentation')).segmentation,
  integrations: async () => (await import('@clientele/integrations')).integrations,
}

export const serviceNames = Object.keys(loaders)

/** The service of this name; `others` are names beside those of services that would be right. Throws UsageError. */
export const serviceNamed = async (name: string, others: readonly string[] = []): Promise<Service> => {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined
  if (load) return load()
  const names = [...others, ...serviceNames]
  throw new UsageError(`There is no "${name}"${suggestion(name, names) || `; there is ${names.join(', ')}.`}`)
}
