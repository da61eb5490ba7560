/** Words of signing in and of the first run. */
export const account = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    code: 'One-time code',
    codeHelp: 'Six digits from your authenticator app.',
    submit: 'Sign in',
    sso: 'Sign in with {{label}}',
  },
  firstRun: {
    title: 'Welcome to Coverline',
    lead: 'Create the administrator account. It stays on this server; nothing is sent anywhere.',
    name: 'Your name',
    email: 'E-mail address',
    password: 'Password',
    passwordHelp: 'At least 12 characters. Length protects; three or four ordinary words are good.',
    token: 'Set-up token',
    tokenHelp: 'Coverline printed it in the terminal where it was started.',
    submit: 'Create the account and begin',
    passwordShort_one: 'One more character is needed.',
    passwordShort_other: '{{count}} more characters are needed.',
    emailWrong: 'Write an address such as ana@example.org.',
    nameMissing: 'Write the name that colleagues know you by.',
  },
} as const;
