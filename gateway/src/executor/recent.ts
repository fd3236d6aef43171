/** Keeps what was made for the keys used last, at most `limit` of them. */
export class Recent<K, V> {
  private readonly kept = new Map<K, V>()

  constructor(private readonly limit: number) {}

  /** What is kept for the key, or else made now. What cannot be made is not kept, and its error passes. */
  get(key: K, make: () => V): V {
    const known = this.kept.get(key)
    const value = known ?? make()
    if (known !== undefined) this.kept.delete(key)
    else if (this.kept.size >= this.limit) this.kept.delete(this.kept.keys().next().value as K)
    this.kept.set(key, value)
    return value
  }
}
