/** The DHCP server of one node. */
export interface AddressPool {
  /** An address that nobody holds; the search goes round, so that a returned address is not given out at once. */
  lease(): string
  /** Takes note of an address that is in use already. */
  adopt(ip: string): void
  release(ip: string): void
}

const HOSTS = 250 * 200

/** Addresses of the node's own network, 10.(64 + node).0.0/16 for the first 190 nodes. */
export function addressPool(nodeIndex: number): AddressPool {
  const taken = new Set<string>()
  let cursor = 0
  const at = (host: number) => `10.${64 + (nodeIndex % 190)}.${Math.floor(host / 200)}.${10 + (host % 200)}`
  return {
    lease() {
      for (let tries = 0; tries < HOSTS; tries++) {
        const ip = at(cursor++ % HOSTS)
        if (taken.has(ip)) continue
        taken.add(ip)
        return ip
      }
      throw new Error(`node ${nodeIndex} has no free address left`)
    },
    adopt: (ip) => void taken.add(ip),
    release: (ip) => void taken.delete(ip),
  }
}
