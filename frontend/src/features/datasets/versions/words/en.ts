export default {
  title: "Versions",
};
