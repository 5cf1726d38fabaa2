/** The four systems that a VM can run (contract 1.5). */
export type GuestOs = 'linux' | 'windows' | 'android' | 'macos'

/** What a guest is and what its memory holds, frozen; only `restoreGuest` can make something of it. */
export interface GuestImage {
  os: GuestOs
  hostname: string
  image: string
  cpus: number
  memoryBytes: number
}
