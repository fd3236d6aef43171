import { accountRoles, serviceRole } from '@clientele/contracts'
import { type Actor, accessScopeOf, type Role, type Rule, roleNames } from '@clientele/kit'

/** Somebody with these roles, for asking a policy alone. */
export const anActor = (roles: readonly string[], territories: readonly string[] = ['emea/de']): Actor => ({
  subject: 's',
  roles: [...roles],
  tenant: 'acme',
  territories: [...territories],
  scopes: [],
  kind: 'person',
})

const letters = { TENANT: 'N', TERRITORY: 'T', OWN: 'O' } as const

const columns = roleNames.filter((role) => !(accountRoles as readonly Role[]).includes(role))

/**
 * Tests, in the file that calls this, how far each rule lets each role go: a letter per role, in the order of `roleNames`, our services together as one, for the teNant,
 * its Territory, its Own, or `-` for nothing. Whose territory is the whole tree reaches the tenant, and nobody anything without a role.
 */
export const testAccess = (matrix: readonly (readonly [action: string, rule: Rule, access: string])[]): void => {
  test.each(matrix)('who may %s, and how far', (_, rule, expected) => {
    const access = (...territories: string[]) =>
      columns
        .map(
          (role) =>
            letters[
              accessScopeOf(
                anActor(role === serviceRole ? [role, ...accountRoles] : [role], territories),
                rule,
              ) as keyof typeof letters
            ] ?? '-',
        )
        .join('')
    expect(access('emea')).toBe(expected)
    expect(access('')).toBe(expected.replaceAll('T', 'N'))
    for (const stranger of ['', 'stranger', 'constructor', 'Admin']) {
      expect(accessScopeOf(anActor([stranger], ['']), rule)).toBeUndefined()
    }
  })
}
