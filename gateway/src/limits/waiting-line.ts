/** One that waits. */
export interface Waiting {
  tenant: string
  caller: string
  weight: number
  start(): void
}

/** Those who wait, in order of arrival: tenants take turns, and so do the callers of each, however many requests each has waiting. */
export function createWaitingLine() {
  const tenants = new Map<string, Map<string, Waiting[]>>()
  let inAll = 0

  const ofCaller = ({ tenant, caller }: Pick<Waiting, 'tenant' | 'caller'>) => tenants.get(tenant)?.get(caller) ?? []

  function leave(one: Waiting): void {
    const callers = tenants.get(one.tenant)
    const others = ofCaller(one).filter((each) => each !== one)
    if (!callers || others.length === ofCaller(one).length) return
    inAll--
    if (others.length > 0) callers.set(one.caller, others)
    else callers.delete(one.caller)
    if (callers.size === 0) tenants.delete(one.tenant)
  }

  return {
    size: () => inAll,
    sizeOfTenant: (tenant: string) => [...(tenants.get(tenant)?.values() ?? [])].flat().length,
    sizeOfCaller: (who: Pick<Waiting, 'tenant' | 'caller'>) => ofCaller(who).length,
    join(one: Waiting) {
      const callers = tenants.get(one.tenant) ?? new Map<string, Waiting[]>()
      callers.set(one.caller, [...ofCaller(one), one])
      tenants.set(one.tenant, callers)
      inAll++
    },
    leave,
    /** Whose turn it is. */
    first(): Waiting | undefined {
      const [callers] = tenants.values()
      const [[first] = []] = callers?.values() ?? []
      return first
    },
    /** Takes one whose turn has come out of the line; the next turn is another's. */
    take(one: Waiting) {
      leave(one)
      const callers = tenants.get(one.tenant)
      if (!callers) return
      moveToEnd(tenants, one.tenant)
      moveToEnd(callers, one.caller)
    },
  }
}

function moveToEnd<Value>(map: Map<string, Value>, key: string): void {
  const value = map.get(key)
  if (value === undefined) return
  map.delete(key)
  map.set(key, value)
}
