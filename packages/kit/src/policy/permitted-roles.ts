import { type Role, roleNames } from '@clientele/contracts'
import { type AccessScope, covers, type FieldClass, isWriteOnlyFor, type Rule } from './policy.js'

const scopeOf = (role: Role, { table, action }: Rule) =>
  (table.roles[role] as { readonly [action: string]: AccessScope | undefined } | undefined)?.[action]

const sees = (role: Role, { table }: Rule, fieldClass: FieldClass) =>
  covers(table.roles[role]?.clearance ?? 'PLAIN', fieldClass)

/** The roles that may do something, with what they reach; refusals name them, as `docs/permissions.md` does. */
export const rolesThatMay = (rule: Rule): Role[] => roleNames.filter((role) => scopeOf(role, rule))

/** Those of them that may do it with all that the tenant has. */
export const rolesOfTenant = (rule: Rule): Role[] => roleNames.filter((role) => scopeOf(role, rule) === 'TENANT')

/** Those of them that see the fields of a class meanwhile. */
export const rolesThatSee = (rule: Rule, fieldClass: FieldClass): Role[] =>
  rolesThatMay(rule).filter((role) => sees(role, rule, fieldClass))

/** Those of them that may enter a field, seen or not. */
export const rolesThatEnter = (rule: Rule, { type, field, fieldClass }: EnteredField): Role[] =>
  rolesThatMay(rule).filter((role) => sees(role, rule, fieldClass) || isWriteOnlyFor(role, rule.table, type, field))

interface EnteredField {
  type: string
  field: string
  fieldClass: FieldClass
}
