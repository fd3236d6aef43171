/** A kind of federation: a few subgraphs that show it, and operations with the answers that the specifications ask for. */
export interface Kind {
  name: string
  subgraphs: readonly AuditedSubgraph[]
  cases: readonly Case[]
  /** What the resolvers of one request share, as their context; made anew for each request. */
  state?: () => object
}

export interface AuditedSubgraph {
  name: string
  sdl: string
  resolvers: Resolvers
  /** Changes what was answered on its way to the gateway, so that it breaks the subgraph's own schema. */
  spoil?: (data: Answer) => unknown
  /** Cannot be reached. */
  isDown?: boolean
}

/** What a resolver is given depends on the kind. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, (...given: never[]) => unknown>>>>

// biome-ignore lint/suspicious/noExplicitAny: an answer of any shape, to be spoilt anywhere.
export type Answer = any

export interface Case extends Expected {
  asks: string
  query: string
  variables?: Record<string, unknown>
  /** How often each subgraph is asked, where that is what the case is about. */
  fetches?: Readonly<Record<string, number>>
  /** Where Apollo's own executor answers otherwise, what, and why that is wrong. */
  stock?: Expected & { because: string }
  /** Where both answer otherwise, what, and why. */
  both?: Expected & { because: string }
  /** Why this operation is left to Apollo's executor. */
  left?: string
}

/** An answer. Errors are written as code and path: `INTERNAL shelf.books.0.title`. */
export interface Expected {
  data: unknown
  errors?: readonly string[]
}

/** Why a name that a key has is no name to give. */
export const keyUnderName =
  'The planner needs the key under its own name, and lets it win over the field to which the client gave this name.'

/** A name that a key has is none to give to another field: see `key-aliases.ts`. */
export const refusedName: Circumstances = { errors: ['INVALID'] }

type Circumstances = Omit<Case, 'asks' | 'query' | 'data'>

/** An operation and its right answer. */
export const ask = (asks: string, query: string, data: unknown, more: Circumstances = {}): Case => ({
  asks,
  query,
  data,
  ...more,
})

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires",
  "@provides", "@shareable", "@override", "@inaccessible", "@interfaceObject"])`

/** A subgraph of federation 2. */
export const subgraph = (name: string, sdl: string, resolvers: Resolvers = {}): AuditedSubgraph => ({
  name,
  sdl: `${link}\n${sdl}`,
  resolvers,
})

/** A subgraph of federation 1: with no link, and all that a key leads to shared. */
export const subgraphOfOldKind = (name: string, sdl: string, resolvers: Resolvers = {}): AuditedSubgraph => ({
  name,
  sdl,
  resolvers,
})

/** Finds the record whose key a representation or the arguments of a root field name. It keeps what the representation brings. */
export const among =
  <Row extends object>(rows: readonly Row[], ...keys: readonly (keyof Row & string)[]) =>
  (sought: object): Row | null => {
    const names = keys.length > 0 ? keys : (['id'] as unknown as typeof keys)
    const row = rows.find((each) => names.some((key) => each[key] === (sought as Row)[key]))
    return row ? { ...sought, ...row } : null
  }

/** As `among`, for a root field, whose arguments come second. */
export const rootAmong =
  <Row extends object>(rows: readonly Row[], ...keys: readonly (keyof Row & string)[]) =>
  (_: unknown, sought: object) =>
    among(rows, ...keys)(sought)
