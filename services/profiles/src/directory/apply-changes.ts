import { isDeepStrictEqual } from 'node:util'

/** Sets what differs, and answers with the names of what did. */
export const applyChanges = <T extends object>(entity: T, values: Partial<T>): string[] => {
  const differing = Object.entries(values).filter(
    ([field, value]) => !isDeepStrictEqual(plain(entity[field as keyof T]), plain(value)),
  )
  Object.assign(entity, Object.fromEntries(differing))
  return differing.map(([field]) => field)
}

const plain = (value: unknown) => (value == null ? null : JSON.parse(JSON.stringify(value)))
