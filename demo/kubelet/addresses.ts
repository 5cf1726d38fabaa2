/** The DHCP server of one node. */
export interface AddressPool {
  /**
   * An address that nobody holds; the search goes round, so that a returned address is not given out at once. A guest that
   * shows its screen by VNC has one on the network of the desktops, where that screen is really served.
   */
  lease(screen: boolean): string
  /** Another address on the same network in place of this one. */
  exchange(ip: string): string
  /** Takes note of an address that is in use already. */
  adopt(ip: string): void
  release(ip: string): void
}

const HOSTS = 250 * 200

/**
 * Addresses of the node's own network, 10.(64 + node).0.0/16 for the first 190 nodes. Those of desktops begin with
 * `desktops`, of which each node has 255 hosts.
 */
export function addressPool(nodeIndex: number, desktops: string): AddressPool {
  const taken = new Set<string>()
  const networks = {
    plain: {
      hosts: HOSTS,
      cursor: 0,
      at: (host: number) => `10.${64 + (nodeIndex % 190)}.${Math.floor(host / 200)}.${10 + (host % 200)}`,
    },
    desktops: {
      hosts: 240,
      cursor: 0,
      // The zeroth belongs to static toolboxes, the last one to the guard of the network.
      at: (host: number) => `${desktops}${1 + (nodeIndex % 250)}.${10 + host}`,
    },
  }
  const leaseOn = (network: (typeof networks)['plain']) => {
    for (let tries = 0; tries < network.hosts; tries++) {
      const ip = network.at(network.cursor++ % network.hosts)
      if (taken.has(ip)) continue
      taken.add(ip)
      return ip
    }
    return undefined
  }
  const lease = (screen: boolean) => {
    // A node with more desktops than addresses for them has VMs whose screens do not answer.
    const ip = (screen ? leaseOn(networks.desktops) : undefined) ?? leaseOn(networks.plain)
    if (ip === undefined) throw new Error(`node ${nodeIndex} has no free address left`)
    return ip
  }
  return {
    lease,
    exchange(ip) {
      taken.delete(ip)
      return lease(ip.startsWith(desktops))
    },
    adopt: (ip) => void taken.add(ip),
    release: (ip) => void taken.delete(ip),
  }
}
