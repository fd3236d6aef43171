/** What the identity provider knows of somebody who may sign in. */
export interface DirectoryPerson {
  subject: string
  name: string
  email: string | null
  /** As it is written there, such as `zh-CN`. */
  language: string | null
  timeZone: string | null
  /** Paths of territories; `*` is the whole tree. */
  territories: string[]
  /** Realm roles; null where it does not tell them. */
  roles: string[] | null
  /** Whether they may sign in. */
  enabled: boolean
}

/** Where staff come from: the identity provider, by whatever interface it has. */
export interface StaffDirectory {
  /** The tenants that it knows. */
  tenants(): Promise<string[]>
  /** Everybody of a tenant, page by page. */
  everybody(tenant: string): AsyncIterable<DirectoryPerson[]>
  /** Somebody of a tenant by the subject of their tokens; null where there is nobody. */
  person(tenant: string, subject: string): Promise<DirectoryPerson | null>
}
