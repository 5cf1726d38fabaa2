import { createCipheriv, randomBytes, timingSafeEqual } from 'node:crypto'

/** 16 bytes that nobody can foresee. */
export const newChallenge = () => randomBytes(16)

const mirrored = (byte: number) => {
  let out = 0
  for (let bit = 0; bit < 8; bit++) out |= ((byte >> bit) & 1) << (7 - bit)
  return out
}

/** What VNC Authentication expects for a challenge: DES under the password, whose bytes are mirrored (RFC 6143, 7.2.2). */
export function vncResponse(challenge: Buffer, password: string): Buffer {
  const des = Buffer.alloc(8)
  Buffer.from(password, 'latin1').copy(des)
  des.forEach((byte, index) => void (des[index] = mirrored(byte)))
  // Three times the same key is plain DES, which OpenSSL no longer offers by name.
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([des, des, des]), null).setAutoPadding(false)
  return Buffer.concat([cipher.update(challenge), cipher.final()])
}

/** Whether a client's 16 bytes show that it knows the password. */
export function knowsPassword(challenge: Buffer, response: Buffer, password: string): boolean {
  return response.length === 16 && timingSafeEqual(vncResponse(challenge, password), response)
}
