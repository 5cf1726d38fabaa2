import { freePorts } from '../control-plane/free-ports.ts'
import { CLIENT, emailOf, startRealProvider } from '../access/support/real-provider.ts'
import { expect, test } from './support/dashboards.ts'

test('signs in at a provider, goes on where one was, and signs out there too', async ({
  page,
  ownDashboard,
  complaints,
}) => {
  test.setTimeout(240_000)
  // Asked before anybody was signed in, and pages of the provider that are not ours to mend.
  complaints.expect(/401|127\.0\.0\.1|fonts\.googleapis\.com/)
  const [port = 0] = await freePorts(1)
  const url = `http://localhost:${port}`
  const provider = await startRealProvider({
    redirectUris: [`${url}/api/session/oidc/callback`],
    postLogoutUris: [`${url}/`],
  })
  try {
    await ownDashboard({
      PORT: String(port),
      DEMO_WEATHER: 'off',
      AUTH_MODE: 'oidc',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      OIDC_SCOPES: 'openid email groups',
      OIDC_USERNAME_CLAIM: 'email',
    })
    await page.goto(`${url}/sign-in?to=${encodeURIComponent('/?q=phase:ready')}`)
    await page.getByRole('link', { name: /^Continue with 127\.0\.0\.1/ }).click()
    await page.getByPlaceholder('Enter any login').fill('nora')
    await page.getByPlaceholder('and password').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()

    await expect(page).toHaveURL(`${url}/?q=phase:ready`)
    const account = page.getByRole('button', { name: `Account: ${emailOf('nora')}` })
    await expect(account).toBeVisible()
    const cookies = await page.context().cookies(url)
    expect(cookies.filter(({ httpOnly }) => !httpOnly)).toEqual([])

    await account.click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByText('Do you want to sign-out')).toBeVisible()
    expect(new URL(page.url()).origin).toBe(provider.issuer)
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await expect(page).toHaveURL(new RegExp(`^${url}/`))
    await expect(page.getByRole('link', { name: /^Continue with 127\.0\.0\.1/ })).toBeVisible()
  } finally {
    await provider.close()
  }
})
