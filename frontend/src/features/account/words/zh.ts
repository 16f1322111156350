import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  show: "显示字符",
  signIn: {
    title: "登录",
    username: "用户名",
    password: "密码",
    submit: "登录",
    about: "从说话人脸视频，到可信的情感标签。",
  },
  menu: {
    open: "{{name}} 的账户",
    language: "语言",
    scheme: "外观",
    light: "浅色",
    dark: "深色",
    auto: "跟随系统",
    password: "修改密码",
    signOut: "退出登录",
  },
  password: {
    title: "修改密码",
    old: "当前密码",
    new: "新密码",
    hint: "至少 10 个字符，且不能是常见密码。",
    submit: "修改密码",
    done: "密码已修改。此处保持登录，其他会话均已结束。",
  },
};

export default zh;
