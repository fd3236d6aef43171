/** Keeps what was made for the keys used last, at most `limit` of them. */
export class Recent<K, V> {
  private readonly kept = new Map<K, V>()

  constructor(private readonly limit: number) {}

  /** What is kept for the key, or else made now. What cannot be made is not kept, and its error passes. */
  get(key: K, make: () => V): V {
    const known = this.find(key)
    if (known !== undefined) return known
    const made = make()
    this.keep(key, made)
    return made
  }

  find(key: K): V | undefined {
    const known = this.kept.get(key)
    if (known === undefined) return undefined
    this.kept.delete(key)
    this.kept.set(key, known)
    return known
  }

  keep(key: K, value: V): void {
    if (this.limit < 1) return
    this.kept.delete(key)
    if (this.kept.size >= this.limit) this.kept.delete(this.kept.keys().next().value as K)
    this.kept.set(key, value)
  }
}
