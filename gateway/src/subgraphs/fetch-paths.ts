import { fragmentsOf, openedBy } from '@clientele/kit'
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

type Path = readonly (string | number)[]
type Variables = Record<string, unknown>

/** One fetch of a query plan: what was sent to the subgraph, and where in the client's operation its answer belongs. */
export interface Fetch {
  query: string
  variables: Variables
  client: { document: DocumentNode; operationName?: string | null; at: Path }
}

/**
 * Where the holes are when a fetch brings nothing: one path per field that it was to fill, in the subgraph's own terms
 * (`['customer']`, or `['_entities', 2, 'visits']`, which the gateway turns into the client's path to that entity).
 * Fields that only the planner asked for are left out; where none remains, the entity itself is named.
 */
export function pathsOf({ query, variables, client }: Fetch): Path[] {
  const sent = parse(query, { noLocation: true })
  const operation = operationOf(sent)
  if (!operation) return []
  const asked = askedAt(client.document, client.operationName, client.at)
  const wanted = (key: string) => key !== '__typename' && (!asked || asked.has(key))
  const fields = fieldsOf([operation.selectionSet], sent)

  const { representations } = variables
  if (!Array.isArray(representations))
    return keysOf(fields, variables)
      .filter(wanted)
      .map((key) => [key])

  const entities = fields.find((field) => field.name.value === '_entities')?.selectionSet
  if (!entities) return []
  const keysByType = new Map<unknown, string[]>()
  return representations.flatMap(({ __typename }: { __typename?: unknown }, index) => {
    const keys = keysByType.get(__typename) ?? keysOf(fieldsOf([entities], sent, __typename), variables).filter(wanted)
    keysByType.set(__typename, keys)
    return keys.length > 0 ? keys.map((key) => ['_entities', index, key]) : [['_entities', index]]
  })
}

/** The response names that the client selects below a plan's path, or nothing where the path does not lead through the operation. */
function askedAt(document: DocumentNode, name: string | null | undefined, at: Path): Set<string> | undefined {
  const operation = operationOf(document, name)
  if (!operation) return undefined
  let sets: SelectionSetNode[] = [operation.selectionSet]
  for (const step of at) {
    if (step === '@') continue
    sets = fieldsOf(sets, document)
      .filter((field) => responseName(field) === step)
      .flatMap((field) => field.selectionSet ?? [])
  }
  return sets.length > 0 ? new Set(fieldsOf(sets, document).map(responseName)) : undefined
}

/** All fields of the selection sets with fragments opened; of a fragment on another type than `typename`, none. */
function fieldsOf(sets: readonly SelectionSetNode[], document: DocumentNode, typename?: unknown): FieldNode[] {
  const fragments = fragmentsOf(document)
  const open = (selection: SelectionNode): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection]
    const opened = openedBy(selection, fragments)
    const type = opened?.condition
    if (!opened || (typename !== undefined && type !== undefined && type !== typename)) return []
    return opened.selectionSet.selections.flatMap(open)
  }
  return sets.flatMap((set) => set.selections.flatMap(open))
}

const keysOf = (fields: readonly FieldNode[], variables: Variables) => [
  ...new Set(fields.filter((field) => isIncluded(field, variables)).map(responseName)),
]

const responseName = (field: FieldNode) => (field.alias ?? field.name).value

function isIncluded(field: FieldNode, variables: Variables): boolean {
  return (field.directives ?? []).every((directive) => {
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value]
        : condition?.kind === Kind.BOOLEAN
          ? condition.value
          : undefined
    if (directive.name.value === 'skip') return value !== true
    if (directive.name.value === 'include') return value !== false
    return true
  })
}

function operationOf(document: DocumentNode, name?: string | null): OperationDefinitionNode | undefined {
  return document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION && (!name || definition.name?.value === name),
  )
}
