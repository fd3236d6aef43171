import { createFieldSelector, type FieldSelector, fragmentsOf } from '@clientele/kit'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { type Choice, isIncluded } from '../plan/conditions.js'

/** The selector of a document's fields, as a request decides on `@skip` and `@include`. */
export const selectorOf = (schema: GraphQLSchema, document: DocumentNode, choice: Choice): FieldSelector =>
  createFieldSelector(schema, fragmentsOf(document), (selection) => isIncluded(selection, choice))
