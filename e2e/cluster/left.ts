import { kubectl } from './programs.js'

/** Everything in a namespace, by kind and name, but for the events that tell of it. */
export const objectsIn = async (namespace: string): Promise<string[]> => {
  const kinds = (await kubectl('api-resources', '--verbs=list', '--namespaced', '-o', 'name')).split('\n')
  const listed = kinds.filter((kind) => kind && !kind.startsWith('events')).join(',')
  return (await kubectl('-n', namespace, 'get', listed, '-o', 'name')).split('\n').filter(Boolean).toSorted()
}
