import { repeatedFragments } from './repeated-fragments.js'
import type { Reply, ToldError } from './stacks.js'

/** How our answer differs from the plain one, in words; nothing where they are equal. Order of keys counts, order of errors does not. */
export const differences = (plain: Reply, ours: Reply): string[] => {
  const found: string[] = []
  const compare = (what: string, wanted: unknown, got: unknown) => {
    const [one, other] = [JSON.stringify(wanted), JSON.stringify(got)]
    if (one !== other) found.push(`${what}: ${one} became ${other}`)
  }
  compare('status', plain.status, ours.status)
  compare('content-type', plain.type, ours.type)
  compare('data', plain.body.data, ours.body.data)
  compare('errors', inOrder(plain.body.errors), inOrder(ours.body.errors))
  compare('keys told twice', false, hasKeysTwice(ours))
  compare('extensions', plain.body.extensions, ours.body.extensions)
  return found
}

/** JSON that names a key twice reads as if it were right: it is longer than what was read. */
const hasKeysTwice = ({ text }: Reply) =>
  text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') !== JSON.stringify(JSON.parse(text))

/** Errors come in the order in which fetches end, which is chance. */
const inOrder = (errors: readonly ToldError[] = []) =>
  errors.map(({ message, path, extensions }) => JSON.stringify([path, extensions, message])).toSorted()

/** The answer with all positions in lists left out of its errors' paths: the stock executor names wrong ones, see the executor's README. */
const withoutPositions = ({ body: { errors, ...body }, ...reply }: Reply): Reply => ({
  ...reply,
  body: {
    ...body,
    ...(errors && {
      errors: errors.map(({ path, ...error }) => ({
        ...error,
        ...(path && { path: path.filter((step) => typeof step === 'string') }),
      })),
    }),
  },
})

/** With the fields of objects at these paths and below in the order of their keys. */
const inOrderOfKeys = (paths: ReadonlySet<string>, { body, ...reply }: Reply): Reply => {
  const order = (value: unknown, path: string, isBelow: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => order(each, path, isBelow))
    if (!value || typeof value !== 'object') return value
    const isFree = isBelow || paths.has(path)
    const fields = Object.entries(value).map(([key, each]) => [key, order(each, `${path}.${key}`, isFree)] as const)
    return Object.fromEntries(isFree ? fields.toSorted(([one], [other]) => (one < other ? -1 : 1)) : fields)
  }
  return { ...reply, body: { ...body, data: order(body.data, '', false) as Reply['body']['data'] } }
}

/**
 * Whether both say the same, if need be but for positions in lists, or the order of fields where the same fragment comes twice: there the stock
 * executor deviates from the specification, see the executor's README.
 */
export const compare = (query: string, plain: Reply, ours: Reply) => {
  if (!differences(plain, ours).length) return 'equal'
  const [one, other] = [withoutPositions(plain), withoutPositions(ours)]
  if (!differences(one, other).length) return 'equal but for positions in lists'
  const repeated = repeatedFragments(query)
  const isOnlyOrder = !differences(inOrderOfKeys(repeated, one), inOrderOfKeys(repeated, other)).length
  return isOnlyOrder ? 'equal but for the order of fields' : 'different'
}
