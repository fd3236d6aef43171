import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql'

/** Whether an object of the type named first counts as one of the type named second. */
export type TypeTest = (typename: string, condition: string) => boolean

/** Tests types by the supergraph's schema, which has also those that clients do not see. */
export function createTypeTest(supergraph: GraphQLSchema): TypeTest {
  return (typename, condition) => {
    if (typename === condition) return true
    const type = supergraph.getType(typename)
    const wanted = supergraph.getType(condition)
    if (!isAbstractType(wanted) || !(isObjectType(type) || isInterfaceType(type))) return false
    return supergraph.isSubType(wanted, type)
  }
}
