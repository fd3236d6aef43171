import {
  buildASTSchema,
  type DirectiveNode,
  type DocumentNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLSchema,
  isObjectType,
  parse,
  visit,
} from 'graphql'

/** What a new version of a schema means to those who use the old one. */
export interface SchemaChanges {
  /** What stops a client, or a gateway of the other version: each in a sentence. */
  breaking: string[]
  /** What a client may notice, such as another value of an enum. */
  noticeable: string[]
}

/**
 * Compares two schemas as their users see them. What the old one called deprecated may be gone, and what is reached
 * through it alone; everything else that was there has to be there, as it was.
 */
export const schemaChanges = (before: string, after: string): SchemaChanges => {
  const next = schemaOf(parse(after))
  const told = (changes: readonly { description: string }[]) => changes.map(({ description }) => description)
  return {
    breaking: told(findBreakingChanges(withoutDeprecated(before), next)),
    noticeable: told(findDangerousChanges(schemaOf(parse(before)), next)),
  }
}

const schemaOf = (document: DocumentNode): GraphQLSchema => buildASTSchema(document, { assumeValidSDL: true })

const isDeprecated = ({ directives }: { directives?: readonly DirectiveNode[] }): boolean =>
  directives?.some(({ name }) => name.value === 'deprecated') ?? false

const withoutDeprecated = (sdl: string): GraphQLSchema => {
  const drop = (node: { directives?: readonly DirectiveNode[] }) => (isDeprecated(node) ? null : undefined)
  const kept = schemaOf(
    visit(parse(sdl), { FieldDefinition: drop, InputValueDefinition: drop, EnumValueDefinition: drop }),
  )
  // A schema made of its roots has what they reach; what only implements an interface is not reached by name.
  const { query, mutation, subscription, directives } = kept.toConfig()
  const types = Object.values(kept.getTypeMap()).filter((type) => isObjectType(type) && type.getInterfaces().length > 0)
  return new GraphQLSchema({ query, mutation, subscription, directives, types, assumeValid: true })
}
