// SPDX-License-Identifier: Apache-2.0
// Bessel functions of order 0 and 1 that oscillate or decay, and Airy's: in double, by branches.
#pragma once

#include <vt/cpp/math/bessel.hpp>
#include <vt/cpp/math/trigonometric.hpp>

// Note [Oscillating functions]
// Near zero a function is a polynomial, its zeros factors; far out it is a wave whose modulus and phase are those of P and Q:
// J = sqrt(2 / (pi x)) (P cos(x - shift) - Q sin(x - shift)), Y with sine and cosine exchanged. What decays is a quotient times
// its exponential. Errors of a wave are small beside its amplitude, not beside its zeros. Reference: Abramowitz and Stegun,
// Handbook of Mathematical Functions, chapters 9 and 10.
namespace vt::math {

namespace detail {

// P and Q of a wave, P first.
struct Wave {
  double even;
  double odd;
};
VT_MATH Wave bessel_wave_0(double x) noexcept {
  const double inverse = 8.0 / x;
  const double u = inverse * inverse;
  return {polynomial(u, 0x1.0p+0, 0x1.6ac98658bd5fcp+1, 0x1.41f4094b3a6bcp+1, 0x1.b0b300e38194bp-1,
                     0x1.a7a53a0116e7bp-4, 0x1.e0ffa8b7c5aecp-9, 0x1.2fe1873b7b4e5p-16) /
              polynomial(u, 0x1.0p+0, 0x1.6aed8658bd5fcp+1, 0x1.4259366903611p+1, 0x1.b213c1888de72p-1,
                         0x1.ab33b5a132fe4p-4, 0x1.ed9317c93d6b6p-9, 0x1.594726f59005bp-16),
          inverse *
              polynomial(u, -0x1.0p-6, -0x1.988a16fecece2p-5, -0x1.9ed7cee0a9cffp-5, -0x1.45e0b2cd5087dp-6,
                         -0x1.7fe0f621d72ebp-9, -0x1.0f348784810acp-13, -0x1.958adac59249cp-21) /
              polynomial(u, 0x1.0p+0, 0x1.99b616fecece2p+1, 0x1.a28988b68f060p+1, 0x1.4d30ff9e777a7p+0,
                         0x1.95a2437579b49p-3, 0x1.3c456e0271986p-7, 0x1.7b89d03560e0fp-14)};
}
VT_MATH Wave bessel_wave_1(double x) noexcept {
  const double inverse = 8.0 / x;
  const double u = inverse * inverse;
  return {polynomial(u, 0x1.0p+0, 0x1.659afb1054379p+1, 0x1.37971cd1c442ep+1, 0x1.98da964fe53dep-1,
                     0x1.83d492227c725p-4, 0x1.a86ebb009f411p-9, 0x1.18fee7c7baa4ap-16) /
              polynomial(u, 0x1.0p+0, 0x1.655efb1054379p+1, 0x1.36f0bf9c149b6p+1, 0x1.96a01e4f128d4p-1,
                         0x1.7e3245a009597p-4, 0x1.95042e7bb36f3p-9, 0x1.b607b6a1131b7p-17),
          inverse *
              polynomial(u, 0x1.8p-5, 0x1.2eddf0fb6ee03p-3, 0x1.2f4077fb76932p-3, 0x1.d480b0d78a418p-5,
                         0x1.0ee1b9f11cfefp-7, 0x1.7aaed13e6ee47p-12, 0x1.3a07ca427d795p-19) /
              polynomial(u, 0x1.0p+0, 0x1.945e96a493d59p+1, 0x1.960a50d40cc66p+1, 0x1.3ba9ebea6e319p+0,
                         0x1.72e9ca9d1c3e0p-3, 0x1.1037b8b57a08ap-7, 0x1.1cdd5d341459ep-14)};
}

// sqrt(2 / (pi x)) (wave.even cos(angle) - wave.odd sin(angle)) for the angle x - (1 + 2 quarters) pi / 4.
VT_MATH double wave_at(double x, Wave wave, int quarters) noexcept {
  const double sine = sin(x);
  const double cosine = cos(x);
  const double turned_cosine = quarters == 0 ? cosine + sine : sine - cosine;  // times sqrt(2)
  const double turned_sine = quarters == 0 ? sine - cosine : -(sine + cosine);
  const double amplitude = 0x1.20dd750429b6dp-1 / square_root(x);  // 1 / sqrt(pi)
  return amplitude * (wave.even * turned_cosine - wave.odd * turned_sine);
}

// Where waves begin.
inline constexpr double kWave = 8.0;

VT_MATH double bessel_j0_near(double a) noexcept {
  const double v = a * a * 0x1p-5 - 1.0;
  const double first = ((a - 0x1.33d152e971b40p+1) - -0x1.0f539d7da258ep-53) * (a + 0x1.33d152e971b40p+1);
  const double second = ((a - 0x1.6148f5b2c2e45p+2) - 0x1.75054cd60a517p-54) * (a + 0x1.6148f5b2c2e45p+2);
  return first * second *
         polynomial(v, 0x1.2bc29174dd587p-10, -0x1.15d87e4b8d5afp-9, 0x1.99e65104a68d6p-10, -0x1.5059ea69f598ep-11,
                    0x1.6409a6fd7b349p-13, -0x1.08db6a2dda573p-15, 0x1.250f53794d874p-18, -0x1.f633ea94a9a90p-22,
                    0x1.577f68a82b26ep-25, -0x1.801f7256a2140p-29, 0x1.65ebb0cfe3c4cp-33, -0x1.1a5822a6e5c70p-37,
                    0x1.7f53df277579fp-42, -0x1.b390a9438a8bep-47);
}
VT_MATH double bessel_j1_near(double a) noexcept {
  const double v = a * a * 0x1p-5 - 1.0;
  const double first = ((a - 0x1.ea75575af6f09p+1) - -0x1.60155a9d1b256p-53) * (a + 0x1.ea75575af6f09p+1);
  const double second = ((a - 0x1.c0ff5f3b47250p+2) - -0x1.b226d9d243827p-54) * (a + 0x1.c0ff5f3b47250p+2);
  return a * first * second *
         polynomial(v, 0x1.98ec1eee7c01ap-13, -0x1.1adb1329ed86fp-12, 0x1.4c9bd11c0aa3ap-13, -0x1.c5a7fc38dd1d2p-15,
                    0x1.9ac7788fbda32p-17, -0x1.0af8bb9889c44p-19, 0x1.06438a6957baep-22, -0x1.941a82673ab04p-26,
                    0x1.f62979d976d00p-30, -0x1.0137e04325d68p-33, 0x1.ba3fae6e48c87p-38, -0x1.43c19998acc44p-42,
                    0x1.98b4d7f68371dp-47, -0x1.c2c2776266199p-52, 0x1.aba4be47978eap-57);
}

// 2/3 a^(3/2) for a > 0 and its root.
VT_MATH Pair airy_phase(double a, double root) noexcept {
  if (a > 0x1p300) return {a * root * 0x1.5555555555555p-1, 0.0};
  const Pair square = product_of(root, root);
  const double root_rest = ((a - square.value) - square.rest) / (2.0 * root);
  const Pair power = product_of(a, root);
  const Pair phase = product_of(power.value, 0x1.5555555555555p-1);
  return {phase.value,
          phase.rest + power.value * 0x1.5555555555555p-55 + (power.rest + a * root_rest) * 0x1.5555555555555p-1};
}

}  // namespace detail

VT_MATH double bessel_j0(double x) noexcept {
  const double a = detail::magnitude(x);
  if (a == detail::kInfinity<double>) return 0.0;
  return a < detail::kWave ? detail::bessel_j0_near(a) : detail::wave_at(a, detail::bessel_wave_0(a), 0);
}
VT_MATH double bessel_j1(double x) noexcept {
  const double a = detail::magnitude(x);
  if (a == detail::kInfinity<double>) return 0.0;
  const double value = a < detail::kWave ? detail::bessel_j1_near(a) : detail::wave_at(a, detail::bessel_wave_1(a), 1);
  return x < 0.0 ? -value : value;
}

// Minus infinity at 0, NaN below.
VT_MATH double bessel_y0(double x) noexcept {
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  if (x == 0.0) return -detail::kInfinity<double>;
  if (!(x > 0.0)) return detail::kNaN<double>;
  if (x == detail::kInfinity<double>) return 0.0;
  if (x >= detail::kWave) {
    const detail::Wave wave = detail::bessel_wave_0(x);
    return detail::wave_at(x, {wave.odd, -wave.even}, 0);
  }
  const double v = x * x * 0x1p-5 - 1.0;
  return kTwoOverPi * log(x) * detail::bessel_j0_near(x) +
         detail::polynomial(v, -0x1.876cb72f1c7ebp-2, -0x1.a828bfbfdc936p-1, 0x1.a5a81d661f788p+0, 0x1.272bb3b608b4ep-3,
                            -0x1.13da2b14a486ep+0, 0x1.58279811359ffp-1, -0x1.c06cc647f6a9ap-3, 0x1.7bd6bf2cea1e2p-5,
                            -0x1.cc706012368b8p-8, 0x1.a6a8c6c8b1299p-11, -0x1.31537c5c84680p-14, 0x1.651b8fa0e9ed9p-18,
                            -0x1.5995ab93d35eap-22, 0x1.1997d4a5f1a11p-26, -0x1.88003f3340327p-31,
                            0x1.d9b426ce69c47p-36, -0x1.f1bb1fc875707p-41);
}
VT_MATH double bessel_y1(double x) noexcept {
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  if (x == 0.0) return -detail::kInfinity<double>;
  if (!(x > 0.0)) return detail::kNaN<double>;
  if (x == detail::kInfinity<double>) return 0.0;
  if (x >= detail::kWave) {
    const detail::Wave wave = detail::bessel_wave_1(x);
    return detail::wave_at(x, {wave.odd, -wave.even}, 1);
  }
  const double v = x * x * 0x1p-5 - 1.0;
  return kTwoOverPi * (log(x) * detail::bessel_j1_near(x) - 1.0 / x) +
         x * detail::polynomial(v, 0x1.21d516f81acf6p-4, -0x1.f26fddceafd0ep-3, 0x1.7edab31507d03p-6,
                                0x1.e16d7a1d07b70p-3, -0x1.923952d7c42a6p-3, 0x1.41bb6917b15d2p-4,
                                -0x1.4198f92a31f28p-6, 0x1.c097bb98fe303p-9, -0x1.d1604f9ccafe0p-12,
                                0x1.76c164b7f48abp-15, -0x1.e35169de1d1ccp-19, 0x1.ff34fd2db7982p-23,
                                -0x1.c3f1d952f9323p-27, 0x1.532ea3c3945d4p-31, -0x1.b5d3504ce300ap-36,
                                0x1.ed24eca557cbdp-41, -0x1.e59469cc10c69p-46);
}

// e^x times the function where `kScaled`. Infinite at 0, NaN below.
template <bool kScaled>
VT_MATH double modified_bessel_k0(double x) noexcept {
  if (x == 0.0) return detail::kInfinity<double>;
  if (!(x > 0.0)) return detail::kNaN<double>;
  if (x <= 2.0) {
    const double z = x * x * 0.25;
    const double i0 = detail::polynomial(z, 0x1.0p+0, 0x1.0p+0, 0x1.fffffffffffe5p-3, 0x1.c71c71c71d29dp-6,
                                         0x1.c71c71c6ce263p-10, 0x1.2345679ca9ed3p-14, 0x1.02e856752a493p-19,
                                         0x1.522c47f6e1310p-25, 0x1.51ba22254ac05p-31, 0x1.1896ef2e36f2fp-37);
    const double value =
        detail::polynomial(z, -0x1.2788cfc6fb619p-1, 0x1.b0ee6072093cfp-2, 0x1.d877303904992p-3, 0x1.1dd628653284cp-5,
                           0x1.56b9b69da7111p-9, 0x1.f0f15ad170d72p-14, 0x1.e4e0c3227cb8dp-19, 0x1.54d1db76695aep-24,
                           0x1.6967e74e10ab5p-30, 0x1.3cee7eca741c8p-36) -
        log(x * 0.5) * i0;
    return kScaled ? value * exp(x) : value;
  }
  if (x == detail::kInfinity<double>) return 0.0;
  const double u = 2.0 / x;
  const double value =
      detail::polynomial(u, 0x1.40d931ff62706p+0, 0x1.3daa60732a85ap+3, 0x1.cc1ec1ebba40ep+4, 0x1.343e507a9b7cfp+5,
                         0x1.8e4c289fa4057p+4, 0x1.d5c886fc0dbb4p+2, 0x1.a789c597284acp-1, 0x1.56819092f28ecp-6,
                         -0x1.8234fb62124e7p-14) /
      detail::polynomial(u, 0x1.0p+0, 0x1.feebbcdb89a62p+2, 0x1.76d31c375004ep+4, 0x1.009b4696ee531p+5,
                         0x1.5856fbb74f4bap+4, 0x1.b36e9103652bfp+2, 0x1.c4ab2b3dda29dp-1, 0x1.0d6621ab9249ap-5) /
      detail::square_root(x);
  return kScaled ? value : value * exp(-x);
}
template <bool kScaled>
VT_MATH double modified_bessel_k1(double x) noexcept {
  if (x == 0.0) return detail::kInfinity<double>;
  if (!(x > 0.0)) return detail::kNaN<double>;
  if (x <= 2.0) {
    const double z = x * x * 0.25;
    const double i1 = x * detail::polynomial(z, 0x1.0p-1, 0x1.0p-2, 0x1.5555555555550p-5, 0x1.c71c71c71cbb7p-9,
                                             0x1.6c16c16bf8134p-13, 0x1.845c8a1b83f52p-18, 0x1.27e4f73d5ff1dp-23,
                                             0x1.522bc6095c42cp-29, 0x1.2c4465cabff1ep-35, 0x1.bf234d3581321p-42);
    const double value =
        detail::polynomial(z, 0x1.0p+0, 0x1.3c467e37db095p-3, -0x1.5877303904846p-1, -0x1.73ddae5eebd66p-3,
                           -0x1.3a47ef8095033p-6, -0x1.246282693af96p-10, -0x1.5b7a05a566e8fp-15,
                           -0x1.1fa7344ae04a7p-20, -0x1.5eb729059f376p-26, -0x1.5dd59a31060adp-32) /
            x +
        log(x * 0.5) * i1;
    return kScaled ? value * exp(x) : value;
  }
  if (x == detail::kInfinity<double>) return 0.0;
  const double u = 2.0 / x;
  const double value =
      detail::polynomial(u, 0x1.40d931ff62706p+0, 0x1.3b7ab99fc4e13p+3, 0x1.cae006f2bd086p+4, 0x1.3b79d659ad368p+5,
                         0x1.b432097c82316p+4, 0x1.2a8a4617190f2p+3, 0x1.715e6a88163c3p+0, 0x1.43f0da0c4227ap-4,
                         0x1.5ae35d61de56ap-11) /
      detail::polynomial(u, 0x1.0p+0, 0x1.eb6ea9b2a1a32p+2, 0x1.578fedf112d91p+4, 0x1.ba6731e66df93p+4,
                         0x1.11b7c2b60704fp+4, 0x1.35376288c21bcp+2, 0x1.0f263be8ae3fbp-1, 0x1.dee39e6a0973fp-7) /
      detail::square_root(x);
  return kScaled ? value : value * exp(-x);
}

// Airy's function Ai.
VT_MATH double airy_ai(double x) noexcept {
  if (x != x) return x;
  const double a = detail::magnitude(x);
  if (a == detail::kInfinity<double>) return 0.0;
  if (x >= 2.1 || x < -2.8) {
    const double root = detail::square_root(a);
    const detail::Pair phase = detail::airy_phase(a, root);
    const double zeta = phase.value;
    const double amplitude = 0x1.20dd750429b6dp-1 / detail::square_root(root);
    if (x > 0.0) {
      const double u = 2.0 / zeta;
      const double ratio = detail::polynomial(u, 0x1.0p+0, 0x1.1d8f32eb9dc26p+3, 0x1.dcb9f6b7aa684p+4,
                                              0x1.7c2119a141c87p+5, 0x1.32e46c36e23c4p+5, 0x1.eaaac24c4f106p+3,
                                              0x1.602e4860641fcp+1, 0x1.68a48314886e9p-3, 0x1.14f825e14b109p-9) /
                           detail::polynomial(u, 0x1.0p+0, 0x1.1eaba4b2ba342p+3, 0x1.e18e07b3432bep+4,
                                              0x1.83dcbfac2d3e0p+5, 0x1.3e6f9f5ccdaddp+5, 0x1.061308ff8e3e3p+4,
                                              0x1.8cd96a8877c02p+1, 0x1.c52bd82fdd19ap-3, 0x1.d236ca4a9e56bp-9);
      const double bell = exp(-zeta);
      return 0.5 * amplitude * ratio * (bell - bell * phase.rest);
    }
    const double inverse = 3.0 / zeta;
    const double u = inverse * inverse;
    const double even = detail::polynomial(u, 0x1.0p+0, 0x1.372e6e40c3881p+4, 0x1.03bfd589360cfp+7,
                                           0x1.7bb520dbee4e3p+8, 0x1.013db8b808eb6p+9, 0x1.3b52d7885f14ep+8,
                                           0x1.3bed9a2726331p+6, 0x1.97c5e5ffa8004p+2, 0x1.5b1214e3560cep-4) /
                        detail::polynomial(u, 0x1.0p+0, 0x1.373f549e2c87bp+4, 0x1.03e890536ab2dp+7,
                                           0x1.7c3af30ff4244p+8, 0x1.01fba0482708ep+9, 0x1.3d39c257604b7p+8,
                                           0x1.401eecfab539ap+6, 0x1.a5485734e21e9p+2, 0x1.84199f6f388ffp-4);
    const double odd = inverse *
                       detail::polynomial(u, 0x1.7b425ed097b42p-6, 0x1.03cee4b05c073p-1, 0x1.ec5fb41e0a403p+1,
                                          0x1.9bc7a82b8311dp+3, 0x1.41ef35b3da21dp+4, 0x1.cb2da16912d99p+3,
                                          0x1.0cd72bf54b00fp+2, 0x1.8f3b235d75263p-2, 0x1.45a7d5cf6afa0p-8) /
                       detail::polynomial(u, 0x1.0p+0, 0x1.5fb6b28187364p+4, 0x1.4efbcd2ac6b7bp+7, 0x1.1ad2f68e37274p+9,
                                          0x1.c240a562c99b2p+9, 0x1.4caa94afd908dp+9, 0x1.a3ad96bad9748p+7,
                                          0x1.74d4335b42c60p+4, 0x1.1ef0cfe556a4dp-1);
    // Far out the rest is many turns.
    const double sine = sin(zeta) * cos(phase.rest) + cos(zeta) * sin(phase.rest);
    const double cosine = cos(zeta) * cos(phase.rest) - sin(zeta) * sin(phase.rest);
    return 0x1.6a09e667f3bcdp-1 * amplitude * (even * (sine + cosine) - odd * (cosine - sine));
  }
  if (x > 1.0) {
    return detail::polynomial(x - 1.55, 0x1.127c9c91a76a1p-4, -0x1.7937eb88e895ap-4, 0x1.a9745914f6aedp-5,
                              -0x1.9d9a382589788p-7, -0x1.fa92abb19b63ep-11, 0x1.a84b2e472067fp-10,
                              -0x1.ed85939f3645cp-12, 0x1.34172996b1dabp-15, 0x1.0a58f23a0ae06p-16,
                              -0x1.81a08b124c88cp-18, 0x1.6dde64fbbdb16p-21, 0x1.106741efcfa93p-24,
                              -0x1.31105044f5737p-25, 0x1.4ce7f25c37e80p-28, 0x1.8b73558b8d774p-35);
  }
  const double cube = x * x * x;
  return detail::polynomial(cube, 0x1.6b8c7962715b8p-2, 0x1.e4bb4c8341cf6p-5, 0x1.028606ac675d9p-9,
                            0x1.cb98ef6b626b9p-16, 0x1.bdab92d4bb9e7p-23, 0x1.0fa587d1f4cf4p-30, 0x1.c68512099bb6dp-39,
                            0x1.150a658b0ec05p-47, 0x1.00f6c330d34cdp-56, 0x1.76c3841221968p-66, 0x1.b6f18d1a37c5bp-76,
                            0x1.821e8edb61f44p-86) +
         x * detail::polynomial(cube, -0x1.0907f42b70f8bp-2, -0x1.615ff039ebf63p-6, -0x1.0d3ce7ca9b664p-11,
                                -0x1.7eea883c98be5p-18, -0x1.3a3006c2211a9p-25, -0x1.4f2229577c232p-33,
                                -0x1.f5b861c60a4c2p-42, -0x1.16026c14d41f6p-50, -0x1.da77b68bf9c1ap-60,
                                -0x1.4148dab7bd469p-69, -0x1.60358a79327a8p-79, -0x1.25113e85f0649p-89);
}

// sin(x) / x.
VT_MATH double spherical_bessel_j0(double x) noexcept {
  if (detail::magnitude(x) == detail::kInfinity<double>) return 0.0;
  return x == 0.0 ? 1.0 : sin(x) / x;
}

}  // namespace vt::math
