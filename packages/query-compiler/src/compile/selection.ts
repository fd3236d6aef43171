import { createFieldSelector, type FieldSelector, type Fragments } from '@clientele/kit'
import {
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
} from 'graphql'

/** What an operation selects, apart from its values. */
export interface Selections {
  schema: GraphQLSchema
  fragments: Fragments
  variables: Record<string, unknown>
}

/** The selector of the fields of an operation, with `@skip` and `@include` decided by its variables. */
export const selectorOf = ({ schema, fragments, variables }: Selections): FieldSelector =>
  createFieldSelector(schema, fragments, (selection) => !isLeftOut(selection, variables))

const isLeftOut = (node: SelectionNode, variables: Record<string, unknown>) =>
  node.directives?.length &&
  (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false)
