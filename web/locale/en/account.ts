/** Words of signing in and of the first run. */
export const account = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    code: 'One-time code',
    codeHelp: 'Six digits from your authenticator app, or one of your recovery codes.',
    submit: 'Sign in',
    sso: 'Sign in with {{label}}',
    signOn: {
      refused:
        'Your organisation’s sign-in did not let you in here: your group has no role in Coverline, or the sign-in took too long. Try once more, or ask an administrator.',
      unavailable: 'Your organisation’s sign-in cannot be reached. Try again in a few minutes.',
      off: 'Single sign-on is not set up here.',
    },
  },
  firstRun: {
    title: 'Welcome to Coverline',
    lead: 'Create the administrator account. It stays on this server; nothing is sent anywhere.',
    name: 'Your name',
    email: 'E-mail address',
    password: 'Password',
    passwordWeak: 'This password is weak: {{reason}}. Four ordinary words are better.',
    passwordHelp: 'At least 12 characters. Length protects; three or four ordinary words are good.',
    token: 'Set-up token',
    tokenHelp: 'Coverline printed it in the terminal where it was started.',
    submit: 'Create the account and begin',
    passwordShort_one: 'One more character is needed.',
    passwordShort_other: '{{count}} more characters are needed.',
    emailWrong: 'Write an address such as ana@example.org.',
    nameMissing: 'Write the name that colleagues know you by.',
  },
  oneTimeCodes: {
    firstTitle: 'One-time codes first',
    firstLead:
      'This organisation asks administrators for a second factor. Set it up with an authenticator app on your phone; then everything opens.',
    password: 'Your password',
    presentCode: 'A present code, or a recovery code',
    begin: 'Make a key',
    scan: 'Scan this with your authenticator app, then type the code that it shows.',
    qrCode: 'QR code of the key',
    open: 'On this phone: open it in the app',
    key: 'Or enter the key by hand:',
    code: 'Code',
    confirm: 'Confirm',
    recovery:
      'Recovery codes: each lets you sign in once when the phone is lost. Keep them where a thief of the password does not look. They are shown only now.',
    save: 'Save as a file',
    kept: 'I have kept these codes',
    done: 'Go on',
  },
} as const;
