import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionNode } from 'graphql'
import { writtenIn } from '../../limits/measure.js'
import { type Json, own } from '../run/run-state.js'

/** The values of the variables that decide on `@skip` and `@include`. */
export type Choice = ReadonlyMap<string, boolean>

/** The variables that decide on `@skip` and `@include`, with what they are unless given. */
export type Conditions = readonly { name: string; usual: boolean | undefined }[]

export function conditionsOf(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Conditions {
  const deciding = new Set(writtenIn(document).conditions)
  return variableDefinitions
    .filter(({ variable }) => deciding.has(variable.name.value))
    .map(({ variable, defaultValue }) => ({
      name: variable.name.value,
      usual: defaultValue?.kind === Kind.BOOLEAN ? defaultValue.value : undefined,
    }))
}

/** How a request decides, or nothing where it leaves a condition open. */
export function choiceOf(conditions: Conditions, variables: Json): Choice | undefined {
  const choice = new Map<string, boolean>()
  for (const { name, usual } of conditions) {
    const value = own(variables, name) ?? usual
    if (typeof value !== 'boolean' || own(variables, name) === null) return undefined
    choice.set(name, value)
  }
  return choice
}

/** One text for each combination. */
export const keyOf = (choice: Choice): string => [...choice.values()].map(Number).join('')

/** Whether a selection is in the answer, as its `@skip` and `@include` and the choice have it. */
export function isIncluded({ directives = [] }: SelectionNode, choice: Choice): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true
    const condition = given.find((argument) => argument.name.value === 'if')?.value
    const value = condition?.kind === Kind.VARIABLE ? choice.get(condition.name.value) : Object(condition).value
    return value === (name.value === 'include')
  })
}
