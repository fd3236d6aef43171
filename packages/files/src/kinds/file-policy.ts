import type { Role } from '@clientele/contracts'
import { type AccessScope, accessScopes, columnName, type FieldClass, type Policy, policy } from '@clientele/kit'
import { fileFields } from '../rows/stored-file.js'
import { ownerKeyOf } from './file-entity.js'

/** What a policy of files opens, and the classes of their fields; `owner` is the type that they hang on. */
export const filePolicyParts = (owner: string) => {
  const field = ownerKeyOf(owner).replace(/Id$/, '')
  return {
    word: 'file',
    opens: { read: [`${owner}.files`], write: [`stage${owner}File`, `attach${owner}File`, `remove${owner}File`] },
    fields: { [`${owner}File`]: { PLAIN: [field, ...fileFields.PLAIN], PERSONAL: fileFields.PERSONAL } },
    inputs: { [`Stage${owner}FileInput`]: `${owner}File` },
  } as const
}

/**
 * The policy of the files of something: they are whose that is; whoever reads it reads them, and whoever may do one of these actions with it attaches and
 * removes them. Its table has the columns that its ownership names, and that of the files `customer_id`.
 */
export const filePolicy = (
  { concept: owner, table }: Pick<Policy, 'concept' | 'table'>,
  { write }: { write: readonly string[] },
): Policy<'read' | 'write'> => {
  const grants = Object.entries(table.roles) as [Role, Readonly<Record<string, string>>][]
  const roles = grants.map(([role, grant]) => {
    const scope = accessScopes.findLast((each) => write.some((action) => grant[action] === each))
    const { clearance, read } = grant as { clearance: FieldClass; read?: AccessScope }
    return [role, { clearance, ...(read && { read }), ...(scope && { write: scope }) }]
  })
  return policy(`${owner}File`, {
    ...filePolicyParts(owner),
    ownership: ownershipOfFiles(owner, table),
    roles: Object.fromEntries(roles) as Policy['table']['roles'],
  }) as Policy<'read' | 'write'>
}

const ownershipOfFiles = (owner: string, { ownership = {} }: Policy['table']) => {
  const table = columnName(owner)
  const conditions = [
    ...(ownership.owner ? [`owner.${columnName(ownership.owner)} = ?`] : []),
    ...(ownership.others ? [ownership.others.condition('owner')] : []),
  ]
  const whom = `whoever the ${table} belongs to`
  const condition = (file: string) =>
    `exists (select from ${table} owner where owner.id = ${file}.${table}_id and (${conditions.join(' or ')}))`
  return {
    ...(ownership.parent && { parent: ownership.parent }),
    ...(conditions.length && { others: { whom, table: `${table}_file`, condition } }),
  }
}
