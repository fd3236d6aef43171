import {
  type DocumentNode,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Which of the fields that queries can ask for were asked for, as `Type.field`. */
export const createCoverage = (schema: GraphQLSchema) => {
  const asked = new Set<string>()
  return {
    add: (document: DocumentNode) => {
      const info = new TypeInfo(schema)
      const note = () => void asked.add(`${info.getParentType()?.name}.${info.getFieldDef()?.name}`)
      visit(document, visitWithTypeInfo(info, { Field: note }))
    },
    missing: () => fieldsOf(schema).filter((field) => !asked.has(field)),
    total: fieldsOf(schema).length,
  }
}

/** Only mutations answer with these. */
const ofMutations = /^(Mutation|Import\w*|Issued\w*|Replayed\w*|SurveyResponseReceipt|RfmRun)$/

const fieldsOf = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !isIntrospectionType(type) && !ofMutations.test(type.name))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
export type Coverage = ReturnType<typeof createCoverage>
