import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { guestClipboard, screenOf, sizeOf, toolOf, typeInto, untilPicture } from './support/consoles.ts'
import { expect, test } from './support/dashboards.ts'
import { kubeconfigAt, PORT } from './support/place.ts'
import { startPlainGate } from './support/plain-gate.ts'
import { consoleOf, forgetDesktops, showDesktops } from './support/static-desktops.ts'
import { openXClipboard } from './support/x-clipboard.ts'
import { startQemu, startTigerVnc, watchEvents } from './support/vnc-servers.ts'
import type { VncServer } from './support/vnc-servers.ts'

/** Real VNC servers through the real tunnel into the real page. They listen on this machine. */
const SET = 'peers'
const DISPLAYS = { tiger: 61, locked: 62, alone: 63, qemu: 64, named: 65 }
const KUBECONFIG = kubeconfigAt(PORT)
const OWN = { CLUSTER: 'kube', KUBECONFIG, CONSOLE_ALLOWED_CIDRS: '127.0.0.1/32' }

const servers: VncServer[] = []
const folder = mkdtempSync(join(tmpdir(), 'cocoon-peers-'))
const monitor = join(folder, 'monitor')

test.beforeAll(async () => {
  const desktops = Object.entries(DISPLAYS).map(([name, display]) => ({ name, port: 5900 + display }))
  await showDesktops(SET, desktops)
})
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill()
})
test.afterAll(async () => {
  await forgetDesktops(SET)
  rmSync(folder, { recursive: true, force: true })
})

async function up(starting: Promise<VncServer>): Promise<VncServer> {
  const server = await starting
  servers.push(server)
  return server
}

/** What QEMU's monitor answers to a command: what stands between the prompt before it and the one after. */
function ask(command: string): Promise<string> {
  const prompt = '(qemu) '
  return new Promise((resolve, reject) => {
    const socket = connect(monitor)
    let said = ''
    let asked = false
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (!said.endsWith(prompt)) return
      if (asked) {
        socket.destroy()
        resolve(said)
      } else {
        asked = true
        said = ''
        socket.write(`${command}\n`)
      }
    })
  })
}

const center = async (page: Page) => {
  const box = await screenOf(page).boundingBox()
  return { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 }
}

test('TigerVNC: pixels arrive, keys and pointer reach the guest, its size follows, two look at once', async ({
  page,
  openContext,
  ownDashboard,
}) => {
  await up(startTigerVnc(DISPLAYS.tiger))
  const events = watchEvents(DISPLAYS.tiger)
  try {
    const { url } = await ownDashboard(OWN)
    await page.goto(url + consoleOf(SET, 'tiger'))
    await untilPicture(page)
    expect(await sizeOf(page)).toBe('800x600')

    await screenOf(page).click({ position: await center(page) })
    await expect.poll(() => events.lines.filter((line) => line.startsWith('ButtonPress')).length).toBe(1)
    await typeInto(page, 'aZ')
    await expect.poll(() => events.lines.join('\n')).toMatch(/keysym 0x61, a[\s\S]*keysym 0x5a, Z/)

    // Held down, then left: the guest must hear of the release, or it repeats the key for ever.
    await page.keyboard.down('ControlLeft')
    await toolOf(page, 'Full screen').focus()
    const pressed = () => events.lines.join('\n').match(/\(keysym 0xffe3, Control_L\)/g)?.length ?? 0
    await expect.poll(pressed).toBe(2)
    await page.keyboard.up('ControlLeft')

    const second = await (await openContext()).newPage()
    await second.goto(url + consoleOf(SET, 'tiger'))
    await second.getByRole('button', { name: 'Join in' }).click()
    await untilPicture(second)
    await expect(toolOf(page, 'Watching now: you and 1 other')).toBeVisible()

    await toolOf(page, /^Picture/).click()
    await page.getByRole('radio', { name: 'Resize the VM’s screen to the page' }).check()
    await page.keyboard.press('Escape')
    await expect.poll(() => sizeOf(page)).not.toBe('800x600')
    // The server itself changed: the other one, who did not ask for it, sees the same.
    await expect.poll(() => sizeOf(second)).toBe(await sizeOf(page))
  } finally {
    await events.stop()
  }
})

test('TigerVNC: the clipboard crosses both ways, and reaches this computer only when somebody lets it', async ({
  page,
  context,
  ownDashboard,
}) => {
  await up(startTigerVnc(DISPLAYS.tiger))
  const guest = await openXClipboard(DISPLAYS.tiger)
  try {
    const { url } = await ownDashboard(OWN)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(url + consoleOf(SET, 'tiger'))
    await untilPicture(page, 1)
    await page.evaluate(() => navigator.clipboard.writeText('mine'))
    // Nothing of it is lost, and nothing else is said.
    await toolOf(page, 'Clipboard').click()
    await page.getByRole('textbox', { name: 'To the VM' }).fill('to the guest: é, 漢\nand on')
    await page.getByRole('button', { name: 'Send to the VM' }).click()
    await expect(page.getByText('Sent to the VM’s clipboard: paste it there.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect.poll(() => guest.read()).toBe('to the guest: é, 漢\nand on')
    guest.write('from the guest: ñ, 字')
    await expect.poll(() => guestClipboard(page)).toBe('from the guest: ñ, 字')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine')
  } finally {
    guest.close()
  }
})

test('TigerVNC: killed, the page waits for it and is back by itself; nobody is greeted in between', async ({
  page,
  ownDashboard,
}) => {
  const first = await up(startTigerVnc(DISPLAYS.tiger))
  const { url } = await ownDashboard(OWN)
  await page.goto(url + consoleOf(SET, 'tiger'))
  await untilPicture(page, 1)
  await first.kill()
  await expect(page.getByRole('heading', { name: 'The VNC server hung up' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'The screen does not answer' })).toBeVisible()
  await expect(screenOf(page)).toHaveCount(0)
  await up(startTigerVnc(DISPLAYS.tiger))
  await untilPicture(page, 1)
})

test('TigerVNC with a password, and one that shows one viewer only: who was thrown out does not push back', async ({
  page,
  openContext,
  ownDashboard,
  complaints,
}) => {
  complaints.expect(/Security negotiation failed/)
  await up(startTigerVnc(DISPLAYS.locked, { password: true }))
  await up(startTigerVnc(DISPLAYS.alone, { sharing: 'NeverShared' }))
  const { url } = await ownDashboard(OWN)
  await page.clock.install()
  await page.goto(url + consoleOf(SET, 'locked'))
  await page.getByLabel('Password').fill('sesame')
  await page.keyboard.press('Enter')
  await untilPicture(page, 1)

  await page.goto(url + consoleOf(SET, 'alone'))
  await untilPicture(page, 1)
  const second = await (await openContext()).newPage()
  await second.clock.install()
  await second.goto(url + consoleOf(SET, 'alone'))
  await second.getByRole('button', { name: 'Join in' }).click()
  // Which of the two is let in is the server's choice; whoever is not stays out until a person asks.
  const out = async () => {
    const heading = /Somebody else took over|The VNC server ended this console|The VNC server refused/
    const counts = [page, second].map((each) => each.getByRole('heading', { name: heading }).count())
    return (await Promise.all(counts)).join()
  }
  await expect.poll(out).toMatch(/^(1,0|0,1)$/)
  const thrownOut = (await out()) === '1,0' ? page : second
  const asked: string[] = []
  thrownOut.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/console')) asked.push(request.url())
  })
  await untilPicture(thrownOut === page ? second : page, 1)
  // However long it takes; a last request of its own tells that none is on its way.
  await thrownOut.clock.fastForward(120_000)
  await thrownOut.evaluate(() => fetch('/healthz').then(({ ok }) => ok))
  expect(asked).toEqual([])
  expect(await out()).toMatch(/^(1,0|0,1)$/)
})

test('TigerVNC behind a user name: asked for, refused in its own words, and typed into at once when it is right', async ({
  page,
  ownDashboard,
  complaints,
}) => {
  complaints.expect(/Security negotiation failed/)
  const { port } = await up(startTigerVnc(DISPLAYS.tiger))
  const close = await startPlainGate(5900 + DISPLAYS.named, port, 'dana sesame')
  const events = watchEvents(DISPLAYS.tiger)
  try {
    const { url } = await ownDashboard(OWN)
    await page.goto(url + consoleOf(SET, 'named'))
    await expect(page.getByLabel('User name')).toBeFocused()
    const answer = async (password: string) => {
      await page.keyboard.type('dana')
      await page.keyboard.press('Tab')
      await page.keyboard.type(password)
      await page.keyboard.press('Enter')
    }
    await answer('guess')
    await expect(page.getByText('That was not accepted: Authentication failure')).toBeVisible()
    await expect(page.getByLabel('User name')).toBeFocused()
    await answer('sesame')
    await untilPicture(page, 1)
    await expect(screenOf(page)).toBeFocused()
    // X gives keys to what is under the pointer.
    await screenOf(page).hover()
    await expect(async () => {
      await page.keyboard.press('k')
      await expect.poll(() => events.lines.join(), { timeout: 1_000 }).toContain('keysym 0x6b, k')
    }).toPass()
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    expect(kept).not.toMatch(/dana|sesame/)
  } finally {
    close()
    await events.stop()
  }
})

test('QEMU: its firmware is seen, keys reach the machine, and it comes back after a kill', async ({
  page,
  ownDashboard,
}) => {
  const first = await up(startQemu(DISPLAYS.qemu, monitor))
  const { url } = await ownDashboard(OWN)
  await page.goto(url + consoleOf(SET, 'qemu'))
  await untilPicture(page)
  await expect.poll(() => sizeOf(page)).toMatch(/^(640x480|720x400)$/)
  // The firmware keeps typed keys in its data area at 0x41e, each as a character and the place of its key.
  const typed = () => ask('xp /36xb 0x41a')
  await expect(async () => {
    await typeInto(page, 'k')
    await page.keyboard.press('Shift+Q')
    await expect.poll(typed, { timeout: 1_000 }).toMatch(/0x6b 0x25[\s\S]*0x51 0x10/)
  }).toPass()
  await toolOf(page, 'Send keys').click()
  await page.getByRole('textbox', { name: 'Another combination' }).fill('Ctrl+Alt+Del')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.keyboard.press('Escape')
  // The machine starts anew, and with it that area is empty.
  await expect.poll(typed).not.toContain('0x6b 0x25')
  await untilPicture(page)
  await first.kill()
  await expect(page.getByRole('heading', { name: 'The screen does not answer' })).toBeVisible()
  await up(startQemu(DISPLAYS.qemu, monitor))
  await untilPicture(page)
})
