import type { Policy } from '../policy/policy.js'

/** The id of the data subject of an entity or event of this type; undefined where it is about nobody, or does not tell. */
export type DataSubjectOf = (type: string, values: object) => string | undefined

/**
 * As the policies of a service name it, for each type that they name fields of. An event may be of a concept that is no type of theirs
 * (`membership` of SegmentMembership): then any key that they name counts.
 */
export const dataSubjects = (policies: readonly Policy[]): DataSubjectOf => {
  const keyOf = ({ table }: Policy) => table.dataSubject ?? table.ownership?.parent?.key
  const typesOf = ({ concept, table }: Policy) => [concept, ...Object.keys(table.fields)]
  const keys = new Map(policies.flatMap((each) => typesOf(each).map((type) => [type, keyOf(each)] as const)))
  const foreign = [...new Set(keys.values())].filter((key) => key !== undefined && key !== 'id')

  return (type, values) => {
    const found = keys.has(type) ? keys.get(type) : foreign.find((key) => key !== undefined && key in values)
    const id = found === undefined ? undefined : (values as Record<string, unknown>)[found]
    return typeof id === 'string' ? id : undefined
  }
}
