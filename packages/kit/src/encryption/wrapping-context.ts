/** What a tenant key is bound to while it is wrapped. */
export const tenantKeyContext = (service: string, tenant: string, generation: number) =>
  JSON.stringify(['tenant key', service, tenant, generation])

/** What a tenant's lasting secret is bound to while it is wrapped. */
export const secretContext = (service: string, tenant: string, purpose: string) =>
  JSON.stringify(['tenant secret', service, tenant, purpose])
