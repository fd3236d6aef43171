import { readFile } from 'node:fs/promises'
import { DEMO_PASSWORD, type DemoUser, demoUsers, groupsOf, userRepresentation } from '@clientele/embedded'

interface Realm {
  organizations: { alias: string }[]
  users: object[]
}

/** The people of `generated/demo-users.json`, and whom each organization has. */
interface LocalPeople {
  users: object[]
  members: Record<string, string[]>
}

const inPackage = (name: string) => new URL(`../${name}`, import.meta.url)
const readJson = async (name: string) => JSON.parse(await readFile(inPackage(name), 'utf8'))

/** The realm with the demo users in it: for this machine only. */
export async function localRealm(): Promise<object> {
  const realm: Realm = await readJson('clientele-realm.json')
  const people: LocalPeople = await readJson('generated/demo-users.json')
  return {
    ...realm,
    users: [...realm.users, ...people.users],
    organizations: realm.organizations.map((organization) => ({
      ...organization,
      members: people.members[organization.alias]?.map((username) => ({ username, membershipType: 'UNMANAGED' })),
    })),
  }
}

/** What `generated/demo-users.json` has to hold: the demo users of the development issuer. */
export function localPeople(): LocalPeople {
  const tenants = [...new Set(demoUsers.map(({ tenant }) => tenant))]
  const membersOf = (tenant: string) => demoUsers.filter((user) => user.tenant === tenant).map(({ name }) => name)
  return {
    users: demoUsers.map(personOf),
    members: Object.fromEntries(tenants.map((tenant) => [tenant, membersOf(tenant)])),
  }
}

function personOf(user: DemoUser) {
  return {
    ...userRepresentation(user),
    credentials: [{ type: 'password', value: DEMO_PASSWORD, temporary: false }],
    realmRoles: user.roles,
    groups: groupsOf(user),
  }
}
