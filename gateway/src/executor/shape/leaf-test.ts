import { type GraphQLLeafType, isEnumType } from 'graphql'

/** Tells whether a subgraph's value may stand for a scalar or an enum that clients know. */
export type LeafTest = (value: unknown) => boolean

/** As Apollo has it: a number that is written without a point or an exponent. */
const isWhole = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 1e21

const builtIn: Record<string, LeafTest> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: isWhole,
  Float: (value) => Number.isFinite(value),
  ID: (value) => typeof value === 'string' || isWhole(value),
  String: (value) => typeof value === 'string',
}

/** Scalars of our own pass as they are: only the subgraph knows them. */
export function createLeafTest(type: GraphQLLeafType): LeafTest {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined
  return builtIn[type.name] ?? (() => true)
}
