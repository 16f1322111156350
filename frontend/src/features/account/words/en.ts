export default {
  show: "Show the characters",
  signIn: {
    title: "Sign in",
    username: "User name",
    password: "Password",
    submit: "Sign in",
    about: "From speaking-face video to sentiment labels that can be trusted.",
  },
  menu: {
    open: "Account of {{name}}",
    language: "Language",
    scheme: "Colours",
    light: "Light",
    dark: "Dark",
    auto: "As the system",
    password: "Change password",
    signOut: "Sign out",
  },
  password: {
    title: "Change password",
    old: "Present password",
    new: "New password",
    hint: "At least 10 characters, and not a common word.",
    submit: "Change password",
    done: "Your password is changed. You stay signed in here; other sessions have ended.",
  },
};
