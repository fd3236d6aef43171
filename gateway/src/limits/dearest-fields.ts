import { fragmentsOf, openedBy } from '@clientele/kit'
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql'
import type { Variables } from '../operations/by-variables.js'
import { type Priced, priceOf } from './cost.js'

/** Fields of one selection set that are priced one by one; where there are more, the one around them is named. */
const mostPriced = 100
const mostNamed = 3

interface Choice {
  field: FieldNode
  /** The field as its selection set has it: within the fragments that lead to it. */
  wrapped(field: FieldNode): SelectionNode
}

/**
 * Where the cost of an operation lies: the path of the fields that cost most, the dearest first. It goes down as long as one field has more than
 * half of what is around it. Only for what is refused: each field is priced once more.
 */
export const dearestFields = (priced: Priced, variables: Variables): { path: string; cost: number }[] => {
  const fragments = fragmentsOf(priced.document)
  const choicesIn = (set: SelectionSetNode, around: (node: SelectionNode) => SelectionNode): Choice[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.selectionSet ? [{ field: selection, wrapped: around }] : []
      const opened = openedBy(selection, fragments)
      return opened ? choicesIn(opened.selectionSet, (node) => around(within(opened.condition, node))) : []
    })

  const named = (
    set: SelectionSetNode,
    path: readonly string[],
    operationWith: (set: SelectionSetNode) => OperationDefinitionNode,
    cost: number,
  ): { path: string; cost: number }[] => {
    const choices = choicesIn(set, (node) => node)
    const itself = path.length ? [{ path: path.join('.'), cost }] : []
    if (!choices.length || choices.length > mostPriced) return itself
    const found = choices
      .map((choice) => {
        const operation = operationWith(only(choice.wrapped(choice.field)))
        return { choice, cost: priceOf({ ...priced, operation })(variables) }
      })
      .toSorted((a, b) => b.cost - a.cost)
    const keyOf = ({ field }: Choice) => [...path, (field.alias ?? field.name).value]
    const [most] = found as [(typeof found)[0]]
    if (most.cost <= cost / 2) {
      return found.slice(0, mostNamed).map((one) => ({ path: keyOf(one.choice).join('.'), cost: one.cost }))
    }
    const { field, wrapped } = most.choice
    const below = (inner: SelectionSetNode) => operationWith(only(wrapped({ ...field, selectionSet: inner })))
    return named(field.selectionSet as SelectionSetNode, keyOf(most.choice), below, most.cost)
  }

  const { operation } = priced
  const whole = priceOf(priced)(variables)
  return named(operation.selectionSet, [], (selectionSet) => ({ ...operation, selectionSet }), whole)
}

const only = (selection: SelectionNode): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections: [selection] })

const within = (condition: string | undefined, node: SelectionNode): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  selectionSet: only(node),
  ...(condition && {
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } },
  }),
})
